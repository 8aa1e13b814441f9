-- purpose: Ties in stage routine on each day asked about: left out of people (docs/adr/0006).
-- grain:   as_of, reach_on, municipality_code, person_key
-- reads:   int_pairs_at
-- params:  none
-- columns:
--   as_of              date     the day
--   reach_on           date     only members whose horizon reaches this day are used
--   municipality_code  varchar  5-digit JIS X 0402 code
--   person_key         bigint   keyed hash

select
    as_of,
    reach_on,
    municipality_code,
    person_key
from int_pairs_at
where stage = 'routine'
