-- purpose: From which prefecture people come to which municipality of a region, and the change over a year.
-- grain:   region_code, origin_code
-- reads:   mart_origins, dim_as_ofs, dim_members, dim_regions
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code at that level
--   $as_of         date     the day asked about
--   $stage         varchar  tourist, loyal, related, dual; ladder for all four
-- columns:
--   region_code         varchar  municipality people come to
--   name_ja             varchar  its name
--   name_en             varchar  its name
--   longitude           double   of its office
--   latitude            double   of its office
--   origin_code         varchar  prefecture people live in, or unknown
--   origin_ja           varchar  null where unknown
--   origin_en           varchar  null where unknown
--   origin_longitude    double   of the prefectural office
--   origin_latitude     double   of the prefectural office
--   people              bigint   people of that origin in the municipality
--   change              bigint   people less those of the same day a year before; null where not compared
--   people_rank         bigint   1 for the largest; those of unknown origin have none
--   change_rank         bigint   1 for the largest rise; those of unknown origin have none
--   place_people        bigint   people of all origins in the municipality
--   place_change        bigint   the change of all origins; null where not compared

with

destinations as (

    select
        regions.region_code,
        regions.name_ja,
        coalesce(regions.name_en, regions.name_ja) as name_en,
        regions.longitude,
        regions.latitude
    from dim_members
    inner join dim_regions as regions
        on
            regions.region_level = 'municipality'
            and regions.region_code = dim_members.municipality_code
    where
        dim_members.region_level = $region_level
        and dim_members.region_code = $region_code

),

asked as (

    select
        as_of,
        previous_on,
        previous_reach_on
    from dim_as_ofs
    where as_of = $as_of

),

counted as (

    select
        origins.region_code,
        origins.origin_code,
        sum(case when origins.as_of = asked.as_of then origins.people else 0 end) as people,
        sum(case when origins.as_of = asked.previous_on then origins.people else 0 end) as previous
    from mart_origins as origins
    cross join asked
    where
        origins.region_level = 'municipality'
        and (
            (origins.as_of = asked.as_of and origins.reach_on = asked.as_of)
            or (origins.as_of = asked.previous_on and origins.reach_on = asked.previous_reach_on)
        )
        and origins.stage in ('tourist', 'loyal', 'related', 'dual')
        and (origins.stage = $stage or $stage = 'ladder')
    group by origins.region_code, origins.origin_code

),

-- A municipality whose log does not reach back a year has no day to compare with.
days_before as (

    select distinct origins.region_code
    from mart_origins as origins
    inner join asked
        on
            origins.as_of = asked.previous_on
            and origins.reach_on = asked.previous_reach_on
    where origins.region_level = 'municipality'

),

flows as (

    select
        destinations.region_code,
        destinations.name_ja,
        destinations.name_en,
        destinations.longitude,
        destinations.latitude,
        counted.origin_code,
        prefectures.name_ja as origin_ja,
        coalesce(prefectures.name_en, prefectures.name_ja) as origin_en,
        prefectures.longitude as origin_longitude,
        prefectures.latitude as origin_latitude,
        counted.people,
        case when days_before.region_code is not null then counted.people - counted.previous end as change
    from destinations
    inner join counted on counted.region_code = destinations.region_code
    left join days_before on days_before.region_code = destinations.region_code
    left join dim_regions as prefectures
        on
            prefectures.region_level = 'prefecture'
            and prefectures.region_code = counted.origin_code
    where counted.people > 0 or counted.previous > 0

)

select
    region_code,
    name_ja,
    name_en,
    longitude,
    latitude,
    origin_code,
    origin_ja,
    origin_en,
    origin_longitude,
    origin_latitude,
    cast(people as bigint) as people,
    cast(change as bigint) as change,
    cast(
        case
            when origin_ja is not null
                then rank() over (partition by origin_ja is null order by people desc)
        end as bigint
    ) as people_rank,
    cast(
        case
            when origin_ja is not null and change is not null
                then rank() over (partition by origin_ja is null order by change desc nulls last)
        end as bigint
    ) as change_rank,
    cast(sum(people) over (partition by region_code) as bigint) as place_people,
    cast(sum(change) over (partition by region_code) as bigint) as place_change
from flows
order by people desc, region_code, origin_code
