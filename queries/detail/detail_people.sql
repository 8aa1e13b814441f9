-- purpose: What is known of the people with a stage or a visit in one municipality.
-- grain:   person_key
-- reads:   stg_people, int_visits, int_municipality_spells
-- params:
--   $region_code  varchar  5-digit code of the municipality
-- columns:
--   person_key  bigint   keyed hash
--   birth_year  bigint   null where not known
--   gender      varchar  null where not known

select
    person_key,
    birth_year,
    gender
from stg_people
where
    person_key in (select person_key from int_visits where municipality_code = $region_code)
    or person_key in (select person_key from int_municipality_spells where municipality_code = $region_code)
order by person_key
