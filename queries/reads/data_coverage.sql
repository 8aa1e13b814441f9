-- purpose: What has been loaded for each municipality, and up to which day it can be trusted.
-- grain:   municipality_code
-- reads:   dim_municipalities, dim_regions
-- params:  none
-- columns:
--   municipality_code   varchar  5 digits
--   name_ja             varchar  name in Japanese
--   name_en             varchar  name in Latin letters
--   prefecture_name_ja  varchar  its prefecture
--   prefecture_name_en  varchar  its prefecture
--   first_on            date     first day in the data
--   horizon_on          date     last day the data vouch for
--   is_declared         boolean  the supplier declared that day; else it is the last row's
--   rows_accepted       bigint   rows of all tables
--   sources             varchar  where the rows come from

select
    dim_municipalities.municipality_code,
    dim_municipalities.name_ja,
    coalesce(dim_municipalities.name_en, dim_municipalities.name_ja) as name_en,
    prefectures.name_ja as prefecture_name_ja,
    coalesce(prefectures.name_en, prefectures.name_ja) as prefecture_name_en,
    dim_municipalities.first_on,
    dim_municipalities.horizon_on,
    dim_municipalities.is_declared,
    cast(dim_municipalities.rows_accepted as bigint) as rows_accepted,
    cast(dim_municipalities.sources as varchar) as sources
from dim_municipalities
left join dim_regions as prefectures
    on
        prefectures.region_level = 'prefecture'
        and prefectures.region_code = dim_municipalities.prefecture_code
where dim_municipalities.rows_accepted > 0
order by dim_municipalities.municipality_code
