-- purpose: Which municipalities with data make up each region; a municipality is a region of its own.
-- grain:   region_level, region_code, municipality_code
-- reads:   int_horizons, ref_groups
-- params:  none
-- columns:
--   region_level       varchar  municipality, prefecture, nation, group
--   region_code        varchar  5 digits, 2 digits, JP, id of the group
--   municipality_code  varchar  5-digit JIS X 0402 code
--   first_on           date     first day covered
--   horizon_on         date     last day covered
--   region_horizon_on  date     the last of its members' horizons

with

members as (

    select 'municipality' as region_level, municipality_code as region_code, municipality_code
    from int_horizons

    union all

    select 'prefecture' as region_level, left(municipality_code, 2) as region_code, municipality_code
    from int_horizons

    union all

    select 'nation' as region_level, 'JP' as region_code, municipality_code
    from int_horizons

    union all

    select 'group' as region_level, group_id as region_code, municipality_code
    from ref_groups

)

select
    members.region_level,
    members.region_code,
    members.municipality_code,
    horizons.first_on,
    horizons.horizon_on,
    max(horizons.horizon_on) over (
        partition by members.region_level, members.region_code
    ) as region_horizon_on
from members
inner join int_horizons as horizons
    on members.municipality_code = horizons.municipality_code
