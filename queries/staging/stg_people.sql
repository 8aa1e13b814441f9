-- purpose: What is known of each person whatever the place: the latest birth year and gender given.
-- grain:   person_key
-- reads:   raw_people
-- params:  none
-- columns:
--   person_key  bigint   keyed hash
--   birth_year  bigint   null where not known
--   gender      varchar  female, male, other; null where not known

select
    person_key,
    arg_max(birth_year, input_order) filter (where birth_year is not null) as birth_year,
    arg_max(gender, input_order) filter (where gender <> 'unknown') as gender
from raw_people
group by person_key
