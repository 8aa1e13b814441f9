-- purpose: The ties of a region: a funnel is gone through with one municipality, and a person counts by the best tie.
-- grain:   track
-- reads:   funnel_region_occurrences
-- params:  none
-- columns:
--   track              bigint   a number of the tie
--   person             bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code

with

ties as (

    select distinct person_key, municipality_code
    from funnel_region_occurrences

)

select
    row_number() over (
        order by person_key, municipality_code
    ) as track,
    person_key as person,
    municipality_code
from ties
