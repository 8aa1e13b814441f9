-- purpose: Where each person lived, as spans of days.
-- grain:   person_key, home_from
-- reads:   raw_people
-- params:  none
-- columns:
--   person_key              bigint   keyed hash
--   home_municipality_code  varchar  5-digit code, or 2-digit prefecture
--   home_from               date     first day; year 1 where none was given
--   home_to                 date     first day of the next home; null while it lasts

with

homes as (

    -- Two homes from one day: the row that was read later.
    select
        person_key,
        coalesce(home_from, date '0001-01-01') as home_from,
        arg_max(home_municipality_code, input_order) as home_municipality_code
    from raw_people
    where home_municipality_code is not null
    group by person_key, coalesce(home_from, date '0001-01-01')

)

select
    person_key,
    home_municipality_code,
    home_from,
    lead(home_from) over (
        partition by person_key
        order by home_from
    ) as home_to
from homes
