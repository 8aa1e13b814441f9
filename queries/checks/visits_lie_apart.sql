-- purpose: Between two visits of a pair lies at least one whole day. Must return no rows.
-- grain:   municipality_code, person_key, arrived_on
-- reads:   int_visits
-- params:  none
-- columns:
--   municipality_code  varchar  offender
--   person_key         bigint   offender
--   arrived_on         date     start of the later visit

with

neighbours as (

    select
        municipality_code,
        person_key,
        arrived_on,
        departed_on,
        nights,
        lag(departed_on) over (
            partition by person_key, municipality_code
            order by arrived_on
        ) as departed_before
    from int_visits

)

select
    municipality_code,
    person_key,
    arrived_on
from neighbours
where
    arrived_on <= departed_before + 1
    or nights < 0
    or nights > date_diff('day', arrived_on, departed_on)
