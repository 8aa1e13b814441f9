-- purpose: What each person did in each region in the periods that end on each day asked about.
-- grain:   region_level, region_code, as_of, reach_on, period, person_key
-- reads:   int_visits, int_pairs_at, int_horizons, int_membership, int_as_ofs
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     last day of the period
--   reach_on      date     only members whose horizon reaches this day are used
--   period        varchar  w365, month, fy, cy
--   person_key    bigint   keyed hash
--   visits        bigint   counted visits that arrived in the period
--   best_visits   bigint   those to the municipality visited most
--   ties          bigint   municipalities visited
--   nights        bigint   nights of those visits
--   stay_days     bigint   sum over visits of nights + 1
--   spend_visits  bigint   visits with spend data
--   spend_yen     double   amount; the middle of a band, the bound of an open one
--   spend_low     bigint   lower bound
--   spend_high    bigint   upper bound; the lower one where a band is open

-- Ties in stage routine on the day are left out: kpis.md counts people without routine visitors.

with

periods as (

    select as_of, reach_on, 'w365' as period, w365_from as starts_on from int_as_ofs
    union all
    select as_of, reach_on, 'month' as period, month_from as starts_on from int_as_ofs
    union all
    select as_of, reach_on, 'fy' as period, fy_from as starts_on from int_as_ofs
    union all
    select as_of, reach_on, 'cy' as period, cy_from as starts_on from int_as_ofs

),

visit_days as (

    select distinct arrived_on
    from int_visits
    where counted

),

-- Every day of every period: a join on equal days is a hash join, one on a span of days is not.
period_days as (

    select
        periods.as_of,
        periods.reach_on,
        periods.period,
        days.arrived_on
    from periods
    inner join visit_days as days
        on days.arrived_on between periods.starts_on and periods.as_of

),

pairs as (

    select
        period_days.as_of,
        period_days.reach_on,
        period_days.period,
        visits.municipality_code,
        visits.person_key,
        count(*) as visits,
        sum(visits.nights) as nights,
        count(visits.spend_low) as spend_visits,
        sum((visits.spend_low + coalesce(visits.spend_high, visits.spend_low)) / 2) as spend_yen,
        sum(visits.spend_low) as spend_low,
        sum(coalesce(visits.spend_high, visits.spend_low)) as spend_high
    from int_visits as visits
    inner join period_days
        on visits.arrived_on = period_days.arrived_on
    inner join int_horizons as horizons
        on visits.municipality_code = horizons.municipality_code
    where visits.counted and horizons.horizon_on >= period_days.reach_on
    group by
        period_days.as_of, period_days.reach_on, period_days.period, visits.municipality_code,
        visits.person_key

),

routine as (

    select
        as_of,
        reach_on,
        municipality_code,
        person_key
    from int_pairs_at
    where stage = 'routine'

),

counted as (

    select
        pairs.as_of,
        pairs.reach_on,
        pairs.period,
        pairs.municipality_code,
        pairs.person_key,
        pairs.visits,
        pairs.nights,
        pairs.spend_visits,
        pairs.spend_yen,
        pairs.spend_low,
        pairs.spend_high
    from pairs
    left join routine
        on
            pairs.as_of = routine.as_of
            and pairs.reach_on = routine.reach_on
            and pairs.municipality_code = routine.municipality_code
            and pairs.person_key = routine.person_key
    where routine.person_key is null

)

-- A municipality is a region of one member: nothing to add up.
select
    'municipality' as region_level,
    municipality_code as region_code,
    as_of,
    reach_on,
    period,
    person_key,
    cast(visits as bigint) as visits,
    visits as best_visits,
    cast(1 as bigint) as ties,
    cast(nights as bigint) as nights,
    cast(nights + visits as bigint) as stay_days,
    cast(spend_visits as bigint) as spend_visits,
    spend_yen,
    cast(spend_low as bigint) as spend_low,
    cast(spend_high as bigint) as spend_high
from counted

union all

select
    membership.region_level,
    membership.region_code,
    counted.as_of,
    counted.reach_on,
    counted.period,
    counted.person_key,
    cast(sum(counted.visits) as bigint) as visits,
    max(counted.visits) as best_visits,
    count(*) as ties,
    cast(sum(counted.nights) as bigint) as nights,
    cast(sum(counted.nights + counted.visits) as bigint) as stay_days,
    cast(sum(counted.spend_visits) as bigint) as spend_visits,
    sum(counted.spend_yen) as spend_yen,
    cast(sum(counted.spend_low) as bigint) as spend_low,
    cast(sum(counted.spend_high) as bigint) as spend_high
from counted
inner join int_membership as membership
    on
        counted.municipality_code = membership.municipality_code
        and membership.region_level <> 'municipality'
group by
    membership.region_level, membership.region_code, counted.as_of, counted.reach_on, counted.period,
    counted.person_key
