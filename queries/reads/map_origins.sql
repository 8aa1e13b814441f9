-- purpose: Where the people of one region live, by prefecture, and how far they have come.
-- grain:   origin_code
-- reads:   mart_origins, dim_regions
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code at that level
--   $as_of         date     the day asked about
-- columns:
--   origin_code  varchar  prefecture, two digits, or unknown
--   name_ja      varchar  null where unknown
--   name_en      varchar  null where unknown
--   tourist      bigint   people who live there, by stage
--   loyal        bigint   people who live there, by stage
--   related      bigint   people who live there, by stage
--   dual         bigint   people who live there, by stage
--   people       bigint   all four
--   people_share double   of the people on the ladder
--   visits       bigint   visits of everyone who lives there in the 365 days

with

origins as (

    select
        origin_code,
        sum(case when stage = 'tourist' then people else 0 end) as tourist,
        sum(case when stage = 'loyal' then people else 0 end) as loyal,
        sum(case when stage = 'related' then people else 0 end) as related,
        sum(case when stage = 'dual' then people else 0 end) as dual,
        sum(case when stage in ('tourist', 'loyal', 'related', 'dual') then people else 0 end) as people,
        sum(visits) as visits
    from mart_origins
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and reach_on = as_of
    group by origin_code

)

select
    origins.origin_code,
    prefectures.name_ja,
    prefectures.name_en,
    cast(origins.tourist as bigint) as tourist,
    cast(origins.loyal as bigint) as loyal,
    cast(origins.related as bigint) as related,
    cast(origins.dual as bigint) as dual,
    cast(origins.people as bigint) as people,
    cast(origins.people as double) / nullif(sum(origins.people) over (), 0) as people_share,
    cast(origins.visits as bigint) as visits
from origins
left join dim_regions as prefectures
    on
        prefectures.region_level = 'prefecture'
        and prefectures.region_code = origins.origin_code
where origins.people > 0
order by origins.people desc, origins.origin_code
