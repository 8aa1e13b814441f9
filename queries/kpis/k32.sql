-- purpose: K32 寄附→来訪 転換率: of donors whose first 365 days are over, the share that first came within them.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   stg_engagements, stg_homes, int_visit_profiles, int_members_at, int_routine_at, mart_coverage
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   part           varchar  empty for the KPI itself, else the part of it
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   segment_kind   varchar  all
--   segment_value  varchar  all
--   value          double   null where the denominator is zero or nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what; null where the KPI has none
--   n              bigint   donors
--   status         varchar  final, provisional, no_data

with

donations as (

    select
        municipality_code,
        person_key,
        min(engaged_on) as donated_on
    from stg_engagements
    where kind = 'donation'
    group by municipality_code, person_key

),

donors as (

    select
        donations.municipality_code,
        donations.person_key,
        donations.donated_on,
        visits.arrived_on as came_on
    from donations
    left join stg_homes as homes
        on
            donations.person_key = homes.person_key
            and donations.municipality_code = homes.home_municipality_code
            and donations.donated_on >= homes.home_from
            and (homes.home_to is null or donations.donated_on < homes.home_to)
    left join int_visit_profiles as visits
        on
            donations.municipality_code = visits.municipality_code
            and donations.person_key = visits.person_key
            and visits.arrived_before is null
    where homes.person_key is null

),

counted as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        count(distinct donors.person_key) as people,
        count(distinct case when donors.came_on is null or donors.came_on > donors.donated_on then donors.person_key end)
            as new_people,
        count(
            distinct case
                when donors.came_on > donors.donated_on and donors.came_on <= donors.donated_on + 365
                    then donors.person_key
            end
        ) as converted
    from donors
    inner join int_members_at as members
        on
            donors.municipality_code = members.municipality_code
            and donors.donated_on <= members.as_of - 365
    left join int_routine_at as routine
        on
            members.as_of = routine.as_of
            and members.reach_on = routine.reach_on
            and donors.municipality_code = routine.municipality_code
            and donors.person_key = routine.person_key
    where routine.person_key is null
    group by members.region_level, members.region_code, members.as_of, members.reach_on

),

measured as (

    select
        parts.part,
        counted.region_level,
        counted.region_code,
        counted.as_of,
        counted.reach_on,
        cast(counted.converted as double) as numerator,
        cast(case when parts.part = 'new' then counted.new_people else counted.people end as double) as denominator,
        case when parts.part = 'new' then counted.new_people else counted.people end as n
    from counted
    cross join (values (''), ('new')) as parts (part)

)

select
    'K32' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    measured.numerator / nullif(measured.denominator, 0) as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    'final' as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
