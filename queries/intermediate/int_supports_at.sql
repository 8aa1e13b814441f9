-- purpose: Supports up to each day asked about with the visit each belongs to, for every programme and for each one.
-- grain:   region_level, region_code, as_of, reach_on, program_id, input_order
-- reads:   stg_supports, int_visit_profiles, int_visits, int_members_at
-- params:  none
-- columns:
--   region_level       varchar  municipality, prefecture, nation, group
--   region_code        varchar  5 digits, 2 digits, JP, id of the group
--   as_of              date     the day
--   reach_on           date     only members whose horizon reaches this day are used
--   program_id         varchar  programme; all: whatever the programme
--   input_order        bigint   the row of the support
--   municipality_code  varchar  5-digit JIS X 0402 code
--   person_key         bigint   keyed hash
--   supported_on       date     day of the support
--   kind               varchar  miles, fare, lodging, other
--   quantity           double   amount in the unit of its kind
--   yen                bigint   yen
--   own_program        varchar  the programme of the row; null where none was given
--   trip_on            date     first day of the visit it belongs to; null where there is none by that day
--   trip_nights        bigint   nights of that visit

with

-- Miles are credited after a journey, a fare is paid before it: the visit under way or the last one before,
-- and only where there is none the first one after.
linked as (

    select
        supports.input_order,
        supports.municipality_code,
        supports.person_key,
        supports.supported_on,
        supports.kind,
        supports.quantity,
        supports.yen,
        supports.program_id,
        profiles.arrived_on as trip_on
    from stg_supports as supports
    left join int_visit_profiles as profiles
        on
            supports.person_key = profiles.person_key
            and supports.municipality_code = profiles.municipality_code
            and (profiles.arrived_before is null or profiles.arrived_on <= supports.supported_on)
            and (profiles.arrives_next is null or profiles.arrives_next > supports.supported_on)

),

scoped as (

    select
        input_order,
        municipality_code,
        person_key,
        supported_on,
        kind,
        quantity,
        yen,
        program_id as own_program,
        trip_on,
        'all' as program_id
    from linked

    union all

    select
        input_order,
        municipality_code,
        person_key,
        supported_on,
        kind,
        quantity,
        yen,
        program_id as own_program,
        trip_on,
        program_id
    from linked
    where program_id is not null

)

select
    members.region_level,
    members.region_code,
    members.as_of,
    members.reach_on,
    scoped.program_id,
    scoped.input_order,
    scoped.municipality_code,
    scoped.person_key,
    scoped.supported_on,
    scoped.kind,
    scoped.quantity,
    scoped.yen,
    scoped.own_program,
    visits.arrived_on as trip_on,
    visits.nights as trip_nights
from scoped
inner join int_members_at as members
    on
        scoped.municipality_code = members.municipality_code
        and scoped.supported_on <= members.as_of
left join int_visits as visits
    on
        scoped.person_key = visits.person_key
        and scoped.municipality_code = visits.municipality_code
        and scoped.trip_on = visits.arrived_on
        and members.as_of >= visits.arrived_on
