-- purpose: Everything that happened between people and the member municipalities of a region, as steps may name it.
-- grain:   occurrence
-- reads:   int_visits, stg_engagements, stg_enrollments, stg_supports, brought_spells
-- params:  none
-- columns:
--   occurrence         bigint   a number of its own
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   on_day             date     arrived, engaged, started, supported
--   source             varchar  visit, engagement, enrollment, support
--   kind               varchar  purpose, kind or scheme; unknown for a visit whose purpose is not given
--   program            varchar  programme; self where none brought it
--   nights             bigint   of a visit
--   nth                bigint   counted visit of the person to the municipality, from 1

-- Visits that do not count (residents, purposes left out) and those of a day on which the tie is routine are no steps:
-- commuting would be most of what is seen. They still count in the number of a visit.

with

visits as (

    select
        person_key,
        municipality_code,
        arrived_on,
        coalesce(purpose, 'unknown') as kind,
        coalesce(program_id, 'self') as program,
        nights,
        row_number() over (
            partition by person_key, municipality_code
            order by arrived_on
        ) as nth
    from int_visits
    where counted

),

occurrences as (

    select
        visits.person_key,
        visits.municipality_code,
        visits.arrived_on as on_day,
        'visit' as source,
        visits.kind,
        visits.program,
        visits.nights,
        visits.nth
    from visits
    left join brought_spells as spells
        on
            visits.person_key = spells.person_key
            and visits.municipality_code = spells.region_code
            and spells.region_level = 'municipality'
            and spells.stage = 'routine'
            and visits.arrived_on >= spells.valid_from
            and (spells.valid_to is null or visits.arrived_on < spells.valid_to)
    where spells.person_key is null

    union all

    select
        person_key,
        municipality_code,
        engaged_on as on_day,
        'engagement' as source,
        kind,
        coalesce(program_id, 'self') as program,
        cast(null as bigint) as nights,
        cast(null as bigint) as nth
    from stg_engagements

    union all

    select
        person_key,
        municipality_code,
        started_on as on_day,
        'enrollment' as source,
        scheme as kind,
        coalesce(program_id, 'self') as program,
        cast(null as bigint) as nights,
        cast(null as bigint) as nth
    from stg_enrollments

    union all

    select
        person_key,
        municipality_code,
        supported_on as on_day,
        'support' as source,
        kind,
        coalesce(program_id, 'self') as program,
        cast(null as bigint) as nights,
        cast(null as bigint) as nth
    from stg_supports

)

select
    row_number() over () as occurrence,
    person_key,
    municipality_code,
    on_day,
    source,
    kind,
    program,
    nights,
    nth
from occurrences
