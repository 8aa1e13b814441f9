-- purpose: Where the people with a stage or a visit in one municipality lived.
-- grain:   person_key, home_from
-- reads:   stg_homes, int_visits, int_municipality_spells
-- params:
--   $region_code  varchar  5-digit code of the municipality
-- columns:
--   person_key              bigint   keyed hash
--   home_municipality_code  varchar  5-digit code, or 2-digit prefecture
--   home_from               date     first day
--   home_to                 date     first day of the next home; null while it lasts

select
    person_key,
    home_municipality_code,
    home_from,
    home_to
from stg_homes
where
    person_key in (select person_key from int_visits where municipality_code = $region_code)
    or person_key in (select person_key from int_municipality_spells where municipality_code = $region_code)
order by person_key, home_from
