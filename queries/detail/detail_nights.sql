-- purpose: The nights of the counted visits to one municipality, as published.
-- grain:   person_key, slept_from
-- reads:   int_nights
-- params:
--   $region_code  varchar  5-digit code of the municipality
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   slept_from         date     first night of the run
--   slept_to           date     first day after its last night

select
    person_key,
    municipality_code,
    slept_from,
    slept_to
from int_nights
where municipality_code = $region_code
order by person_key, slept_from
