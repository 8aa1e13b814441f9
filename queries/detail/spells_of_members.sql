-- purpose: The spells brought from municipalities' files, as the build knows them.
-- grain:   municipality_code, person_key, valid_from
-- reads:   brought_spells
-- params:  none
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   stage              varchar  stage
--   valid_from         date     first day in it
--   valid_to           date     first day no longer in it; null while it holds at the horizon

select
    person_key,
    region_code as municipality_code,
    stage,
    valid_from,
    valid_to
from brought_spells
