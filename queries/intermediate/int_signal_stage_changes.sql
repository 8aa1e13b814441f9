-- purpose: Days on which the stage of a pair changes, for the few pairs with other signals than visits.
-- grain:   person_key, municipality_code, valid_from
-- reads:   int_visits, int_signal_pairs, int_horizons, stg_engagements, stg_enrollments
-- params:  none
-- slots:   stage
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   stage              varchar  stage from that day on
--   valid_from         date     first day of the stage

with

visits as (

    select
        visits.person_key,
        visits.municipality_code,
        visits.arrived_on,
        visits.departed_on,
        visits.nights,
        row_number() over (
            partition by visits.person_key, visits.municipality_code
            order by visits.arrived_on
        ) as visit_no,
        row_number() over (
            partition by visits.person_key, visits.municipality_code, date_trunc('month', visits.arrived_on)
            order by visits.arrived_on
        ) as visit_of_month
    from int_visits as visits
    inner join int_signal_pairs as pairs
        on
            visits.person_key = pairs.person_key
            and visits.municipality_code = pairs.municipality_code
    where visits.counted

),

-- What a visit adds to which window: visits on the day of arrival, nights on that of departure.
entries as (

    select
        person_key,
        municipality_code,
        arrived_on as day,
        1 as visits,
        0 as nights,
        case when visit_of_month = 1 then 1 else 0 end as stay_months,
        case when visit_no = 1 then 1 else 0 end as first_visits
    from visits

    union all

    select
        person_key,
        municipality_code,
        departed_on as day,
        0 as visits,
        nights,
        0 as stay_months,
        0 as first_visits
    from visits
    where nights > 0

),

-- What leaves again after so many days, and with which sign.
windows as (

    select
        days,
        in_365,
        in_730,
        in_180,
        in_56
    from (
        values
        (0, 1, 1, 1, 1), (365, -1, 0, 0, 0), (730, 0, -1, 0, 0), (180, 0, 0, -1, 0), (56, 0, 0, 0, -1)
    ) as listed (days, in_365, in_730, in_180, in_56)

),

ties as (

    select
        engagements.person_key,
        engagements.municipality_code,
        engagements.engaged_on as day,
        case when engagements.kind in ('contribution', 'work_onsite', 'work_remote', 'participation') then 1 else 0 end
            as engagements,
        case when engagements.kind in ('contribution', 'work_onsite') then 1 else 0 end as supporters,
        case when engagements.kind in ('donation', 'purchase', 'online') then 1 else 0 end as contacts
    from stg_engagements as engagements
    inner join int_signal_pairs as pairs
        on
            engagements.person_key = pairs.person_key
            and engagements.municipality_code = pairs.municipality_code

),

-- The first day a registration holds, and the first on which it does not any more.
registrations as (

    select
        enrollments.person_key,
        enrollments.municipality_code,
        enrollments.scheme,
        enrollments.started_on as day,
        1 as step
    from stg_enrollments as enrollments
    inner join int_signal_pairs as pairs
        on
            enrollments.person_key = pairs.person_key
            and enrollments.municipality_code = pairs.municipality_code

    union all

    select
        enrollments.person_key,
        enrollments.municipality_code,
        enrollments.scheme,
        enrollments.ended_on + 1 as day,
        -1 as step
    from stg_enrollments as enrollments
    inner join int_signal_pairs as pairs
        on
            enrollments.person_key = pairs.person_key
            and enrollments.municipality_code = pairs.municipality_code
    where enrollments.ended_on is not null

),

steps as (

    select
        person_key,
        municipality_code,
        day + days as day,
        visits * in_365 as visits_365,
        visits * in_730 as visits_730,
        visits * in_180 as visits_180,
        visits * in_56 as visits_56,
        nights * in_365 as nights_365,
        nights * in_56 as nights_56,
        stay_months * in_365 as stay_months_365,
        0 as engagements_365,
        0 as supporter_365,
        0 as contacts_730,
        0 as premium,
        0 as basic,
        0 as trial,
        0 as residence,
        0 as relocated,
        0 as enrolled,
        case when days = 0 then first_visits else 0 end as ever_visited
    from entries
    cross join windows
    -- Nights have two windows only.
    where visits > 0 or days in (0, 365, 56)

    union all

    select
        person_key,
        municipality_code,
        day + days as day,
        0 as visits_365,
        0 as visits_730,
        0 as visits_180,
        0 as visits_56,
        0 as nights_365,
        0 as nights_56,
        0 as stay_months_365,
        engagements * in_365 as engagements_365,
        supporters * in_365 as supporter_365,
        contacts * in_730 as contacts_730,
        0 as premium,
        0 as basic,
        0 as trial,
        0 as residence,
        0 as relocated,
        0 as enrolled,
        0 as ever_visited
    from ties
    cross join windows
    where days in (0, 365, 730)

    union all

    select
        person_key,
        municipality_code,
        day as day,
        0 as visits_365,
        0 as visits_730,
        0 as visits_180,
        0 as visits_56,
        0 as nights_365,
        0 as nights_56,
        0 as stay_months_365,
        0 as engagements_365,
        0 as supporter_365,
        0 as contacts_730,
        case when scheme = 'furusato_premium' then step else 0 end as premium,
        case when scheme = 'furusato_basic' then step else 0 end as basic,
        case when scheme = 'dual_trial' then step else 0 end as trial,
        case when scheme = 'dual_residence' then step else 0 end as residence,
        case when scheme = 'relocation' then step else 0 end as relocated,
        case when scheme <> 'relocation' then step else 0 end as enrolled,
        0 as ever_visited
    from registrations

),

days as (

    select
        steps.person_key,
        steps.municipality_code,
        steps.day,
        cast(sum(steps.visits_365) as integer) as visits_365,
        cast(sum(steps.visits_730) as integer) as visits_730,
        cast(sum(steps.visits_180) as integer) as visits_180,
        cast(sum(steps.visits_56) as integer) as visits_56,
        cast(sum(steps.nights_365) as integer) as nights_365,
        cast(sum(steps.nights_56) as integer) as nights_56,
        cast(sum(steps.stay_months_365) as integer) as stay_months_365,
        cast(sum(steps.engagements_365) as integer) as engagements_365,
        cast(sum(steps.supporter_365) as integer) as supporter_365,
        cast(sum(steps.contacts_730) as integer) as contacts_730,
        cast(sum(steps.premium) as integer) as premium,
        cast(sum(steps.basic) as integer) as basic,
        cast(sum(steps.trial) as integer) as trial,
        cast(sum(steps.residence) as integer) as residence,
        cast(sum(steps.relocated) as integer) as relocated,
        cast(sum(steps.enrolled) as integer) as enrolled,
        cast(sum(steps.ever_visited) as integer) as ever_visited
    from steps
    inner join int_horizons as horizons
        on steps.municipality_code = horizons.municipality_code
    where steps.day <= horizons.horizon_on
    group by steps.person_key, steps.municipality_code, steps.day

),

signals as (

    select
        person_key,
        municipality_code,
        day,
        sum(visits_365) over pair as visits_365,
        sum(visits_730) over pair as visits_730,
        sum(visits_180) over pair as visits_180,
        sum(visits_56) over pair as visits_56,
        sum(nights_365) over pair as nights_365,
        sum(nights_56) over pair as nights_56,
        sum(stay_months_365) over pair as stay_months_365,
        sum(engagements_365) over pair as engagements_365,
        sum(supporter_365) over pair as supporter_365,
        sum(contacts_730) over pair as contacts_730,
        sum(premium) over pair as premium,
        sum(basic) over pair as basic,
        sum(trial) over pair as trial,
        sum(residence) over pair as residence,
        sum(relocated) over pair as relocated,
        sum(enrolled) over pair as enrolled,
        sum(ever_visited) over pair as ever_visited
    from days
    window pair as (
        partition by person_key, municipality_code
        order by day
        rows between unbounded preceding and current row
    )

),

staged as (

    select
        person_key,
        municipality_code,
        day,
        {{stage}} as stage
    from signals

)

select
    person_key,
    municipality_code,
    stage,
    day as valid_from
from staged
-- Nobody starts out dormant.
qualify stage <> coalesce(
    lag(stage) over (
        partition by person_key, municipality_code
        order by day
    ),
    'dormant'
)
