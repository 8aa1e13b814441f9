-- purpose: The people in each stage on a day are those whose spell covers it. Must return no rows.
-- grain:   region_level, region_code, as_of, stage
-- reads:   mart_stock, int_municipality_spells, int_regional_spells, ask_previous
-- params:  none
-- columns:
--   region_level  varchar  offender
--   region_code   varchar  offender
--   as_of         date     offender
--   stage         varchar  offender
--   people        bigint   in the mart
--   spells        bigint   spells that cover the day

with

spells as (

    select 'municipality' as region_level, municipality_code as region_code, stage, valid_from, valid_to
    from int_municipality_spells

    union all

    select region_level, region_code, stage, valid_from, valid_to
    from int_regional_spells

)

select
    stock.region_level,
    stock.region_code,
    stock.as_of,
    stock.stage,
    stock.people,
    count(spells.stage) as spells
from mart_stock as stock
inner join ask_previous as asked
    on stock.as_of = asked.as_of
left join spells
    on
        stock.region_level = spells.region_level
        and stock.region_code = spells.region_code
        and stock.stage = spells.stage
        and stock.as_of >= spells.valid_from
        and (spells.valid_to is null or stock.as_of < spells.valid_to)
where stock.segment_kind = 'all' and stock.reach_on = stock.as_of
group by stock.region_level, stock.region_code, stock.as_of, stock.stage, stock.people
having count(spells.stage) <> stock.people
