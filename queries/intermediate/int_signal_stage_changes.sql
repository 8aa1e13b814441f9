-- purpose: Days on which the stage of a pair changes, for the few pairs with other signals than visits.
-- grain:   person_key, municipality_code, valid_from
-- reads:   int_visits, int_signal_pairs, int_horizons, stg_engagements, stg_enrollments
-- params:  none
-- slots:   windows, stage
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   stage              varchar  stage from that day on
--   valid_from         date     first day of the stage

with

windows as (

    select
        signal,
        counts,
        days
    from (values {{windows}}) as listed (signal, counts, days)

),

visits as (

    select
        visits.person_key,
        visits.municipality_code,
        visits.arrived_on,
        visits.departed_on,
        visits.nights,
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

-- One row per thing that enters a window on a day, by what it counts as.
entries as (

    select person_key, municipality_code, arrived_on as day, 'visit' as counts, 1 as weight
    from visits

    union all

    -- Nights enter on the day of departure: contract section 3.
    select person_key, municipality_code, departed_on as day, 'nights' as counts, nights as weight
    from visits
    where nights > 0

    union all

    select person_key, municipality_code, arrived_on as day, 'stay_month' as counts, 1 as weight
    from visits
    where visit_of_month = 1

    union all

    select engagements.person_key, engagements.municipality_code, engagements.engaged_on as day,
        kinds.counts, 1 as weight
    from stg_engagements as engagements
    inner join (
        values
        ('contribution', 'engagement'), ('contribution', 'supporter'),
        ('work_onsite', 'engagement'), ('work_onsite', 'supporter'),
        ('work_remote', 'engagement'), ('participation', 'engagement'),
        ('donation', 'contact'), ('purchase', 'contact'), ('online', 'contact')
    ) as kinds (kind, counts)
        on engagements.kind = kinds.kind
    inner join int_signal_pairs as pairs
        on
            engagements.person_key = pairs.person_key
            and engagements.municipality_code = pairs.municipality_code

),

flags as (

    select enrollments.person_key, enrollments.municipality_code, enrollments.started_on, enrollments.ended_on,
        schemes.signal
    from stg_enrollments as enrollments
    inner join (
        values
        ('furusato_premium', 'premium'), ('furusato_basic', 'basic'), ('dual_trial', 'trial'),
        ('dual_residence', 'residence'), ('relocation', 'relocated'),
        ('furusato_premium', 'enrolled'), ('furusato_basic', 'enrolled'), ('dual_trial', 'enrolled'),
        ('dual_residence', 'enrolled'), ('program', 'enrolled'), ('digital_resident', 'enrolled'),
        ('fan_club', 'enrolled'), ('local_employment', 'enrolled')
    ) as schemes (scheme, signal)
        on enrollments.scheme = schemes.scheme
    inner join int_signal_pairs as pairs
        on
            enrollments.person_key = pairs.person_key
            and enrollments.municipality_code = pairs.municipality_code

),

steps as (

    select entries.person_key, entries.municipality_code, entries.day, windows.signal, entries.weight as step
    from entries
    inner join windows
        on entries.counts = windows.counts

    union all

    select entries.person_key, entries.municipality_code, entries.day + windows.days as day,
        windows.signal, -entries.weight as step
    from entries
    inner join windows
        on entries.counts = windows.counts
    where windows.days > 0

    union all

    select person_key, municipality_code, started_on as day, signal, 1 as step
    from flags

    union all

    select person_key, municipality_code, ended_on + 1 as day, signal, -1 as step
    from flags
    where ended_on is not null

),

days as (

    select
        steps.person_key,
        steps.municipality_code,
        steps.day,
        sum(case when signal = 'visits_365' then step else 0 end) as visits_365,
        sum(case when signal = 'visits_730' then step else 0 end) as visits_730,
        sum(case when signal = 'visits_180' then step else 0 end) as visits_180,
        sum(case when signal = 'visits_56' then step else 0 end) as visits_56,
        sum(case when signal = 'nights_365' then step else 0 end) as nights_365,
        sum(case when signal = 'nights_56' then step else 0 end) as nights_56,
        sum(case when signal = 'stay_months_365' then step else 0 end) as stay_months_365,
        sum(case when signal = 'engagements_365' then step else 0 end) as engagements_365,
        sum(case when signal = 'supporter_365' then step else 0 end) as supporter_365,
        sum(case when signal = 'contacts_730' then step else 0 end) as contacts_730,
        sum(case when signal = 'premium' then step else 0 end) as premium,
        sum(case when signal = 'basic' then step else 0 end) as basic,
        sum(case when signal = 'trial' then step else 0 end) as trial,
        sum(case when signal = 'residence' then step else 0 end) as residence,
        sum(case when signal = 'relocated' then step else 0 end) as relocated,
        sum(case when signal = 'enrolled' then step else 0 end) as enrolled,
        sum(case when signal = 'ever_visited' then step else 0 end) as ever_visited
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
