-- purpose: Who is enrolled in a programme by each day asked about, and how often they came in its period and after it.
-- grain:   region_level, region_code, as_of, reach_on, program_id, municipality_code, person_key
-- reads:   stg_enrollments, dim_programs, int_visit_profiles, int_members_at
-- params:  none
-- columns:
--   region_level          varchar  municipality, prefecture, nation, group
--   region_code           varchar  5 digits, 2 digits, JP, id of the group
--   as_of                 date     the day
--   reach_on              date     only members whose horizon reaches this day are used
--   program_id            varchar  programme
--   municipality_code     varchar  5-digit JIS X 0402 code
--   person_key            bigint   keyed hash
--   ends_on               date     last day of the programme; null while it runs on
--   required_round_trips  bigint   visits asked of each; null where none
--   visits_within         bigint   counted visits there in the period of the programme
--   visits_after          bigint   counted visits there 90 to 365 days after its end

with

enrolled as (

    select
        enrollments.program_id,
        enrollments.municipality_code,
        enrollments.person_key,
        programs.starts_on,
        programs.ends_on,
        programs.required_round_trips,
        min(enrollments.started_on) as enrolled_on
    from stg_enrollments as enrollments
    inner join dim_programs as programs
        on enrollments.program_id = programs.program_id
    group by
        enrollments.program_id, enrollments.municipality_code, enrollments.person_key, programs.starts_on,
        programs.ends_on, programs.required_round_trips

)

select
    members.region_level,
    members.region_code,
    members.as_of,
    members.reach_on,
    enrolled.program_id,
    enrolled.municipality_code,
    enrolled.person_key,
    enrolled.ends_on,
    enrolled.required_round_trips,
    count(
        case
            when
                (enrolled.starts_on is null or visits.arrived_on >= enrolled.starts_on)
                and (enrolled.ends_on is null or visits.arrived_on <= enrolled.ends_on)
                then 1
        end
    ) as visits_within,
    count(case when visits.arrived_on between enrolled.ends_on + 90 and enrolled.ends_on + 365 then 1 end) as visits_after
from enrolled
inner join int_members_at as members
    on
        enrolled.municipality_code = members.municipality_code
        and enrolled.enrolled_on <= members.as_of
left join int_visit_profiles as visits
    on
        enrolled.municipality_code = visits.municipality_code
        and enrolled.person_key = visits.person_key
        and members.as_of >= visits.arrived_on
group by
    members.region_level, members.region_code, members.as_of, members.reach_on, enrolled.program_id,
    enrolled.municipality_code, enrolled.person_key, enrolled.ends_on, enrolled.required_round_trips
