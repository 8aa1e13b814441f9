-- purpose: Days on which the stage of a pair changes, for pairs whose visits alone decide it.
-- grain:   person_key, municipality_code, valid_from
-- reads:   int_visits, int_signal_pairs, int_horizons
-- params:  none
-- slots:   lags, breaks, stage_before, steps, step_stage, step_from, step_to
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   stage              varchar  stage from that day on
--   valid_from         date     first day of the stage

-- visits_365 >= 4 holds after a visit until the 4th latest arrival + 365 days. So each visit carries the
-- days on which its stages run out (break_1 <= break_2 <= ...), and nothing has to be counted up and down:
--   arrivals 2024-01-10, 2024-05-03 -> loyal from 2024-05-03, tourist from 2025-01-09, dormant from 2025-05-03.

with

arrivals as (

    select
        visits.person_key,
        visits.municipality_code,
        visits.arrived_on,
        lead(visits.arrived_on) over pair as arrives_next{{lags}}
    from int_visits as visits
    left join int_signal_pairs as signal_pairs
        on
            visits.person_key = signal_pairs.person_key
            and visits.municipality_code = signal_pairs.municipality_code
    where visits.counted and signal_pairs.person_key is null
    window pair as (
        partition by visits.person_key, visits.municipality_code
        order by visits.arrived_on
    )

),

runs as (

    select
        person_key,
        municipality_code,
        arrived_on,
        arrives_next,
        {{stage_before}} as stage_before{{breaks}}
    from arrivals

),

stretches as (

    select
        runs.person_key,
        runs.municipality_code,
        runs.arrived_on,
        runs.arrives_next,
        runs.stage_before,
        {{step_stage}} as stage,
        {{step_from}} as valid_from,
        {{step_to}} as valid_to
    from runs
    cross join (values {{steps}}) as steps (step)

)

select
    stretches.person_key,
    stretches.municipality_code,
    stretches.stage,
    stretches.valid_from
from stretches
inner join int_horizons as horizons
    on stretches.municipality_code = horizons.municipality_code
where
    stretches.valid_from < stretches.valid_to
    and stretches.valid_from <= horizons.horizon_on
    and (stretches.arrives_next is null or stretches.valid_from < stretches.arrives_next)
    -- On the day of arrival: only where it is another stage than the day before (dormant before the first).
    and (stretches.valid_from > stretches.arrived_on or stretches.stage <> stretches.stage_before)
