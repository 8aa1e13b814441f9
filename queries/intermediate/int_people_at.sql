-- purpose: Where each person stood in each region on each day asked about, and which segments they fall in.
-- grain:   region_level, region_code, as_of, reach_on, person_key
-- reads:   int_pairs_at, int_membership, int_visit_profiles, stg_homes, stg_people, ref_prefectures, ref_stages
-- params:  none
-- columns:
--   region_level     varchar  municipality, prefecture, nation, group
--   region_code      varchar  5 digits, 2 digits, JP, id of the group
--   as_of            date     the day
--   reach_on         date     only members whose horizon reaches this day are used
--   person_key       bigint   keyed hash
--   stage            varchar  highest over the members
--   stage_year_ago   varchar  highest 365 days before; none where there was none yet
--   stage_month_ago  varchar  highest on the month end before; none where there was none yet
--   origin_code      varchar  prefecture of the home, 2 digits, or unknown
--   origin_block     varchar  region block of the home, or unknown
--   age_band         varchar  by calendar year of birth, or unknown
--   gender           varchar  female, male, other, unknown
--   purpose          varchar  of the latest counted visit, or unknown
--   program          varchar  of the latest counted visit; self where self-initiated; unknown without a visit

with

pairs as (

    select
        pairs_at.as_of,
        pairs_at.reach_on,
        pairs_at.municipality_code,
        pairs_at.person_key,
        now.rank,
        year_ago.rank as rank_year_ago,
        month_ago.rank as rank_month_ago,
        -- Rises with the day of the visit; of two on one day the place with the higher code, so that every build agrees.
        date_diff('day', date '0001-01-01', profiles.arrived_on) * 100000
        + cast(pairs_at.municipality_code as bigint) as visit_rank,
        profiles.purpose,
        profiles.program_id,
        coalesce(profiles.home_municipality_code, homes.home_municipality_code, 'unknown') as home
    from int_pairs_at as pairs_at
    inner join ref_stages as now
        on pairs_at.stage = now.stage
    left join ref_stages as year_ago
        on pairs_at.stage_year_ago = year_ago.stage
    left join ref_stages as month_ago
        on pairs_at.stage_month_ago = month_ago.stage
    left join int_visit_profiles as profiles
        on
            pairs_at.person_key = profiles.person_key
            and pairs_at.municipality_code = profiles.municipality_code
            and pairs_at.as_of >= profiles.arrived_on
            and (profiles.arrives_next is null or pairs_at.as_of < profiles.arrives_next)
    left join stg_homes as homes
        on
            pairs_at.person_key = homes.person_key
            and pairs_at.as_of >= homes.home_from
            and (homes.home_to is null or pairs_at.as_of < homes.home_to)

),

people as (

    -- A municipality is a region of one member: nothing to compare.
    select
        'municipality' as region_level,
        municipality_code as region_code,
        as_of,
        reach_on,
        person_key,
        rank,
        rank_year_ago,
        rank_month_ago,
        home,
        coalesce(purpose, 'unknown') as purpose,
        coalesce(program_id, 'unknown') as program
    from pairs

    union all

    select
        membership.region_level,
        membership.region_code,
        pairs.as_of,
        pairs.reach_on,
        pairs.person_key,
        min(pairs.rank) as rank,
        min(pairs.rank_year_ago) as rank_year_ago,
        min(pairs.rank_month_ago) as rank_month_ago,
        coalesce(arg_max(pairs.home, pairs.visit_rank), min(pairs.home)) as home,
        coalesce(arg_max(pairs.purpose, pairs.visit_rank), 'unknown') as purpose,
        coalesce(arg_max(pairs.program_id, pairs.visit_rank), 'unknown') as program
    from pairs
    inner join int_membership as membership
        on
            pairs.municipality_code = membership.municipality_code
            and membership.region_level <> 'municipality'
    group by
        membership.region_level, membership.region_code, pairs.as_of, pairs.reach_on, pairs.person_key

)

select
    people.region_level,
    people.region_code,
    people.as_of,
    people.reach_on,
    people.person_key,
    now.stage,
    coalesce(year_ago.stage, 'none') as stage_year_ago,
    coalesce(month_ago.stage, 'none') as stage_month_ago,
    coalesce(prefectures.prefecture_code, 'unknown') as origin_code,
    coalesce(prefectures.block, 'unknown') as origin_block,
    case
        when known.birth_year is null then 'unknown'
        when year(people.as_of) - known.birth_year < 20 then '-19'
        when year(people.as_of) - known.birth_year < 30 then '20-29'
        when year(people.as_of) - known.birth_year < 40 then '30-39'
        when year(people.as_of) - known.birth_year < 50 then '40-49'
        when year(people.as_of) - known.birth_year < 60 then '50-59'
        when year(people.as_of) - known.birth_year < 70 then '60-69'
        else '70-'
    end as age_band,
    coalesce(known.gender, 'unknown') as gender,
    people.purpose,
    people.program
from people
inner join ref_stages as now
    on people.rank = now.rank
left join ref_stages as year_ago
    on people.rank_year_ago = year_ago.rank
left join ref_stages as month_ago
    on people.rank_month_ago = month_ago.rank
left join stg_people as known
    on people.person_key = known.person_key
left join ref_prefectures as prefectures
    on left(people.home, 2) = prefectures.prefecture_code
