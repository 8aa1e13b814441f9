-- purpose: Every region a reader can choose, in the order of the search box.
-- grain:   region_level, region_code
-- reads:   dim_regions
-- params:  none
-- columns:
--   region_level        varchar  municipality, prefecture, nation, group
--   region_code         varchar  5 digits, 2 digits, JP or a group's id
--   name_ja             varchar  name in Japanese
--   name_en             varchar  name in Latin letters
--   kana                varchar  reading, may be empty
--   prefecture_code     varchar  of a municipality or prefecture, else null
--   prefecture_name_ja  varchar  of a municipality, else null
--   prefecture_name_en  varchar  of a municipality, else null
--   members_total       bigint   municipalities in it
--   has_data            boolean  whether any accepted row belongs to it

select
    regions.region_level,
    regions.region_code,
    regions.name_ja,
    coalesce(regions.name_en, regions.name_ja) as name_en,
    coalesce(regions.kana, '') as kana,
    regions.prefecture_code,
    case when regions.region_level = 'municipality' then prefectures.name_ja end as prefecture_name_ja,
    case when regions.region_level = 'municipality' then prefectures.name_en end as prefecture_name_en,
    cast(regions.members_total as bigint) as members_total,
    regions.has_data
from dim_regions as regions
left join dim_regions as prefectures
    on
        prefectures.region_level = 'prefecture'
        and prefectures.region_code = regions.prefecture_code
order by
    case regions.region_level
        when 'nation' then 1
        when 'group' then 2
        when 'prefecture' then 3
        else 4
    end,
    case when regions.has_data then 0 else 1 end,
    regions.region_code
