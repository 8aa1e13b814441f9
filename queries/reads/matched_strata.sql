-- purpose: People a programme supported and people it did not, alike on the day before it began, and who came to live in two places.
-- grain:   is_supported, stage, visits_band, nights_band, origin_block, age_band
-- reads:   stg_supports, dim_programs, int_visits, int_municipality_spells, int_horizons, stg_homes, stg_people, ref_prefectures
-- params:
--   $program_id  varchar  the programme
--   $as_of       date     last day that is looked at
-- columns:
--   is_supported  boolean  got a support of the programme by that day
--   stage         varchar  toward the municipality on the day before the programme began; none where there was none yet
--   visits_band   varchar  0, 1, 2-3, 4+: visits in the 365 days up to then
--   nights_band   varchar  0, 1-6, 7-29, 30+: nights of those visits
--   origin_block  varchar  region block of the home then, or unknown
--   age_band      varchar  by calendar year of birth, or unknown
--   people        bigint   person × municipality
--   reached       bigint   of these, first in stage dual after the programme began and by $as_of

with

programs as (

    select
        program_id,
        starts_on
    from dim_programs
    where program_id = $program_id and starts_on <= $as_of

),

supported as (

    select distinct
        supports.municipality_code,
        supports.person_key
    from stg_supports as supports
    inner join programs
        on supports.program_id = programs.program_id
    inner join int_horizons as horizons
        on
            supports.municipality_code = horizons.municipality_code
            and horizons.horizon_on >= $as_of
    where supports.supported_on <= $as_of

),

-- Compared are people known to the same municipalities by the end of the programme's reach, whoever paid.
known as (

    select
        visits.municipality_code,
        visits.person_key
    from int_visits as visits
    where
        visits.counted
        and visits.arrived_on <= $as_of
        and visits.municipality_code in (select supported.municipality_code from supported)
    group by visits.municipality_code, visits.person_key

    union

    select
        municipality_code,
        person_key
    from supported

),

helped as (

    select distinct
        municipality_code,
        person_key
    from stg_supports
    where supported_on <= $as_of

),

ties as (

    select
        known.municipality_code,
        known.person_key,
        programs.starts_on,
        supported.person_key is not null as is_supported
    from known
    cross join programs
    left join supported
        on
            known.municipality_code = supported.municipality_code
            and known.person_key = supported.person_key
    left join helped
        on
            known.municipality_code = helped.municipality_code
            and known.person_key = helped.person_key
    -- Who was helped by somebody else is no person without support.
    where supported.person_key is not null or helped.person_key is null

),

before as (

    select
        ties.municipality_code,
        ties.person_key,
        count(*) as visits,
        sum(visits.nights) as nights
    from ties
    inner join int_visits as visits
        on
            ties.municipality_code = visits.municipality_code
            and ties.person_key = visits.person_key
            and visits.arrived_on between ties.starts_on - 365 and ties.starts_on - 1
    where visits.counted
    group by ties.municipality_code, ties.person_key

),

stages as (

    select
        ties.municipality_code,
        ties.person_key,
        max(
            case
                when
                    spells.valid_from < ties.starts_on
                    and (spells.valid_to is null or spells.valid_to >= ties.starts_on)
                    then spells.stage
            end
        ) as stage,
        min(case when spells.stage = 'dual' then spells.valid_from end) as dual_on
    from ties
    inner join int_municipality_spells as spells
        on
            ties.municipality_code = spells.municipality_code
            and ties.person_key = spells.person_key
    group by ties.municipality_code, ties.person_key

),

described as (

    select
        ties.is_supported,
        coalesce(stages.stage, 'none') as stage,
        case
            when before.visits is null then '0'
            when before.visits = 1 then '1'
            when before.visits <= 3 then '2-3'
            else '4+'
        end as visits_band,
        case
            when coalesce(before.nights, 0) = 0 then '0'
            when before.nights <= 6 then '1-6'
            when before.nights <= 29 then '7-29'
            else '30+'
        end as nights_band,
        coalesce(prefectures.block, 'unknown') as origin_block,
        case
            when people.birth_year is null then 'unknown'
            when year(ties.starts_on) - people.birth_year < 40 then '-39'
            when year(ties.starts_on) - people.birth_year < 60 then '40-59'
            else '60-'
        end as age_band,
        coalesce(stages.dual_on >= ties.starts_on and stages.dual_on <= $as_of, false) as has_reached
    from ties
    left join before
        on
            ties.municipality_code = before.municipality_code
            and ties.person_key = before.person_key
    left join stages
        on
            ties.municipality_code = stages.municipality_code
            and ties.person_key = stages.person_key
    left join stg_homes as homes
        on
            ties.person_key = homes.person_key
            and ties.starts_on > homes.home_from
            and (homes.home_to is null or ties.starts_on <= homes.home_to)
    left join stg_people as people
        on ties.person_key = people.person_key
    left join ref_prefectures as prefectures
        on left(homes.home_municipality_code, 2) = prefectures.prefecture_code
    -- Who was a resident of two places already has nothing to reach.
    where coalesce(stages.dual_on >= ties.starts_on, true)

)

select
    is_supported,
    stage,
    visits_band,
    nights_band,
    origin_block,
    age_band,
    count(*) as people,
    count(case when has_reached then 1 end) as reached
from described
group by is_supported, stage, visits_band, nights_band, origin_block, age_band
order by is_supported, stage, visits_band, nights_band, origin_block, age_band
