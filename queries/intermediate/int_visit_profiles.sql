-- purpose: What the latest counted visit of a pair says of the person, from its day until the next one.
-- grain:   municipality_code, person_key, arrived_on
-- reads:   int_visits
-- params:  none
-- columns:
--   municipality_code       varchar  5-digit JIS X 0402 code
--   person_key              bigint   keyed hash
--   arrived_on              date     first day of the visit
--   arrives_next            date     first day of the next counted visit; null where there is none
--   arrived_before          date     first day of the counted visit before; null where there is none
--   purpose                 varchar  unknown where not given
--   program_id              varchar  self where the visit was self-initiated
--   home_municipality_code  varchar  null where not known

select
    municipality_code,
    person_key,
    arrived_on,
    lead(arrived_on) over (
        partition by person_key, municipality_code
        order by arrived_on
    ) as arrives_next,
    lag(arrived_on) over (
        partition by person_key, municipality_code
        order by arrived_on
    ) as arrived_before,
    coalesce(purpose, 'unknown') as purpose,
    coalesce(program_id, 'self') as program_id,
    home_municipality_code
from int_visits
where counted
