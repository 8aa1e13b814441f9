-- purpose: How many people stood in each ladder stage in every municipality of a region.
-- grain:   region_code
-- reads:   mart_stock, dim_members
-- params:
--   $region_level   varchar  prefecture, nation, group: whose municipalities are asked for
--   $region_code    varchar  code at that level
--   $as_of          date     the day asked about
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   region_code  varchar  municipality
--   tourist      bigint   people
--   loyal        bigint   people
--   related      bigint   people
--   dual         bigint   people
--   people       bigint   all four

select
    members.municipality_code as region_code,
    cast(sum(case when stock.stage = 'tourist' then stock.people else 0 end) as bigint) as tourist,
    cast(sum(case when stock.stage = 'loyal' then stock.people else 0 end) as bigint) as loyal,
    cast(sum(case when stock.stage = 'related' then stock.people else 0 end) as bigint) as related,
    cast(sum(case when stock.stage = 'dual' then stock.people else 0 end) as bigint) as dual,
    cast(
        sum(case when stock.stage in ('tourist', 'loyal', 'related', 'dual') then stock.people else 0 end) as bigint
    ) as people
from dim_members as members
inner join mart_stock as stock
    on
        stock.region_level = 'municipality'
        and stock.region_code = members.municipality_code
        and stock.as_of = stock.reach_on
where
    members.region_level = $region_level
    and members.region_code = $region_code
    and stock.as_of = $as_of
    and stock.segment_kind = $segment_kind
    and stock.segment_value = $segment_value
group by members.municipality_code
order by members.municipality_code
