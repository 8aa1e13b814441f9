-- purpose: The nights of counted visits as runs of nights in a row; a visit of touching records may have several.
-- grain:   municipality_code, person_key, slept_from
-- reads:   int_visits, stg_visits
-- params:  none
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   slept_from         date     first night of the run
--   slept_to           date     first day after its last night

with

-- Nearly every visit is one run. In the others two records touch without a night between them.
broken as (

    select
        person_key,
        municipality_code,
        arrived_on,
        departed_on
    from int_visits
    where counted and nights > 0 and nights < date_diff('day', arrived_on, departed_on)

),

records as (

    select
        records.person_key,
        records.municipality_code,
        records.arrived_on,
        records.departed_on,
        records.input_order,
        max(records.departed_on) over (
            partition by records.person_key, records.municipality_code
            order by records.arrived_on, records.input_order
            rows between unbounded preceding and 1 preceding
        ) as slept_before
    from stg_visits as records
    inner join broken
        on
            records.person_key = broken.person_key
            and records.municipality_code = broken.municipality_code
            and records.arrived_on between broken.arrived_on and broken.departed_on
    where records.departed_on > records.arrived_on

),

numbered as (

    select
        person_key,
        municipality_code,
        arrived_on,
        departed_on,
        sum(case when slept_before is null or arrived_on > slept_before then 1 else 0 end) over (
            partition by person_key, municipality_code
            order by arrived_on, input_order
            rows between unbounded preceding and current row
        ) as run_no
    from records

)

select
    person_key,
    municipality_code,
    arrived_on as slept_from,
    departed_on as slept_to
from int_visits
where counted and nights > 0 and nights = date_diff('day', arrived_on, departed_on)

union all

select
    person_key,
    municipality_code,
    min(arrived_on) as slept_from,
    max(departed_on) as slept_to
from numbered
group by person_key, municipality_code, run_no
