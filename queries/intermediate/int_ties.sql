-- purpose: How much of each tie other than presence a pair has in its whole life; few pairs have any.
-- grain:   person_key, municipality_code
-- reads:   stg_engagements, stg_enrollments
-- params:  none
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   engagements        bigint   contribution, work_onsite, work_remote, participation
--   supporters         bigint   contribution, work_onsite
--   contacts           bigint   donation, purchase, online
--   premium            bigint   registrations of furusato_premium
--   basic              bigint   registrations of furusato_basic
--   trial              bigint   registrations of dual_trial
--   residence          bigint   registrations of dual_residence
--   relocated          bigint   registrations of relocation
--   enrolled           bigint   registrations of any scheme but relocation

with

ties as (

    select person_key, municipality_code, kind, '' as scheme
    from stg_engagements

    union all

    select person_key, municipality_code, '' as kind, scheme
    from stg_enrollments

)

select
    person_key,
    municipality_code,
    count(case when kind in ('contribution', 'work_onsite', 'work_remote', 'participation') then 1 end) as engagements,
    count(case when kind in ('contribution', 'work_onsite') then 1 end) as supporters,
    count(case when kind in ('donation', 'purchase', 'online') then 1 end) as contacts,
    count(case when scheme = 'furusato_premium' then 1 end) as premium,
    count(case when scheme = 'furusato_basic' then 1 end) as basic,
    count(case when scheme = 'dual_trial' then 1 end) as trial,
    count(case when scheme = 'dual_residence' then 1 end) as residence,
    count(case when scheme = 'relocation' then 1 end) as relocated,
    count(case when scheme not in ('', 'relocation') then 1 end) as enrolled
from ties
group by person_key, municipality_code
