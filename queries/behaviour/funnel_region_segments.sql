-- purpose: The segment each person of a region falls in on a day.
-- grain:   person
-- reads:   funnel_tracks, int_visits, stg_homes, stg_people, ref_prefectures
-- params:
--   $segment_kind  varchar  origin_block, age_band, gender, purpose, program
--   $on_day        date     the day
-- columns:
--   person         bigint   keyed hash
--   segment_value  varchar  unknown where not known

-- As everywhere: home, purpose and programme are those of the latest counted visit in the region (int_people_at).

with

visits as (

    select
        person_key,
        purpose,
        program_id,
        home_municipality_code
    from int_visits
    where counted and arrived_on <= $on_day
    qualify
        row_number() over (
            partition by person_key
            order by arrived_on desc, municipality_code desc
        ) = 1

),

homes as (

    select
        person_key,
        max(home_municipality_code) as home_municipality_code
    from stg_homes
    where home_from <= $on_day and (home_to is null or home_to > $on_day)
    group by person_key

),

people as (

    select distinct person
    from funnel_tracks

)

select
    people.person,
    coalesce(
        case $segment_kind
            when 'origin_block' then prefectures.block
            when 'age_band'
                then
                    case
                        when known.birth_year is null then 'unknown'
                        when year($on_day) - known.birth_year < 20 then '-19'
                        when year($on_day) - known.birth_year < 30 then '20-29'
                        when year($on_day) - known.birth_year < 40 then '30-39'
                        when year($on_day) - known.birth_year < 50 then '40-49'
                        when year($on_day) - known.birth_year < 60 then '50-59'
                        when year($on_day) - known.birth_year < 70 then '60-69'
                        else '70-'
                    end
            when 'gender' then known.gender
            when 'purpose' then visits.purpose
            when 'program' then case when visits.person_key is not null then coalesce(visits.program_id, 'self') end
        end,
        'unknown'
    ) as segment_value
from people
left join visits
    on people.person = visits.person_key
left join homes
    on people.person = homes.person_key
left join stg_people as known
    on people.person = known.person_key
left join ref_prefectures as prefectures
    on left(coalesce(visits.home_municipality_code, homes.home_municipality_code), 2) = prefectures.prefecture_code
