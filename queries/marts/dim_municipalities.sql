-- purpose: What is covered of each municipality with data, and from which kinds of log.
-- grain:   municipality_code
-- reads:   int_horizons, stg_visits, ref_regions
-- params:  none
-- columns:
--   municipality_code  varchar  5-digit JIS X 0402 code
--   name_ja            varchar  name
--   name_en            varchar  name
--   prefecture_code    varchar  2 digits
--   first_on           date     first day covered
--   horizon_on         date     last day covered
--   is_declared        boolean  whether a supplier vouches for it
--   rows_accepted      bigint   rows that hold, over all tables
--   sources            varchar  kinds of log of its visits, separated by a comma

with

sources as (

    select
        municipality_code,
        string_agg(distinct source, ', ' order by source) as sources
    from stg_visits
    where source is not null
    group by municipality_code

)

select
    horizons.municipality_code,
    regions.name_ja,
    regions.name_en,
    regions.prefecture_code,
    horizons.first_on,
    horizons.horizon_on,
    horizons.is_declared,
    horizons.rows_accepted,
    coalesce(sources.sources, '') as sources
from int_horizons as horizons
inner join ref_regions as regions
    on
        horizons.municipality_code = regions.region_code
        and regions.region_level = 'municipality'
left join sources
    on horizons.municipality_code = sources.municipality_code
