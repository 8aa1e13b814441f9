-- purpose: Every region by name and place, and whether there is data about it.
-- grain:   region_level, region_code
-- reads:   ref_regions, int_membership
-- params:  none
-- columns:
--   region_level     varchar  municipality, prefecture, nation, group
--   region_code      varchar  5 digits, 2 digits, JP, id of the group
--   name_ja          varchar  name
--   name_en          varchar  name
--   kana             varchar  reading
--   prefecture_code  varchar  2 digits; null above a prefecture
--   block            varchar  region block; null above a prefecture
--   longitude        double   of the office; null for nation and groups
--   latitude         double   of the office; null for nation and groups
--   members_total    bigint   municipalities that belong to it
--   has_data         boolean  whether any member has
--   first_on         date     first day covered by a member
--   last_on          date     last of its members' horizons

with

spans as (

    select
        region_level,
        region_code,
        min(first_on) as first_on,
        max(horizon_on) as last_on
    from int_membership
    group by region_level, region_code

)

select
    regions.region_level,
    regions.region_code,
    regions.name_ja,
    regions.name_en,
    regions.kana,
    regions.prefecture_code,
    regions.block,
    regions.longitude,
    regions.latitude,
    regions.members_total,
    spans.last_on is not null as has_data,
    spans.first_on,
    spans.last_on
from ref_regions as regions
left join spans
    on
        regions.region_level = spans.region_level
        and regions.region_code = spans.region_code
