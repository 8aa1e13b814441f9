-- purpose: The spells of one region, as published and exported.
-- grain:   person_key, valid_from
-- reads:   int_municipality_spells, int_regional_spells
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  code of the region
--   person_key    bigint   keyed hash
--   stage         varchar  stage
--   valid_from    date     first day in it
--   valid_to      date     first day no longer in it; null while it holds at the horizon

select
    'municipality' as region_level,
    municipality_code as region_code,
    person_key,
    stage,
    valid_from,
    valid_to
from int_municipality_spells
where $region_level = 'municipality' and municipality_code = $region_code

union all

select
    region_level,
    region_code,
    person_key,
    stage,
    valid_from,
    valid_to
from int_regional_spells
where region_level = $region_level and region_code = $region_code
order by person_key, valid_from
