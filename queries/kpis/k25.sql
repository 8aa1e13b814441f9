-- purpose: K25 二地域居住者数: distinct people in stage dual on the day; part per_1000: per 1,000 residents where known.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   mart_stock, mart_coverage, int_membership, dim_area_stats
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   part           varchar  empty for the KPI itself, else the part of it
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   segment_kind   varchar  all, origin_block, age_band, gender, purpose, program
--   segment_value  varchar  all for all, unknown where not known
--   value          double   null where the denominator is zero or nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what; null where the KPI has none
--   n              bigint   people (or visits) behind the value
--   status         varchar  final, provisional, no_data

with

residents_by_month as (

    select
        municipality_code,
        month,
        value
    from dim_area_stats
    where metric = '住基人口'

),

-- Of each member that speaks, the latest figure at or before the day.
residents_of_members as (

    select
        coverage.region_level,
        coverage.region_code,
        coverage.as_of,
        coverage.reach_on,
        membership.municipality_code,
        arg_max(residents_by_month.value, residents_by_month.month) as residents
    from mart_coverage as coverage
    inner join int_membership as membership
        on
            coverage.region_level = membership.region_level
            and coverage.region_code = membership.region_code
            and coverage.reach_on <= membership.horizon_on
    left join residents_by_month
        on
            membership.municipality_code = residents_by_month.municipality_code
            and residents_by_month.month <= strftime(coverage.as_of, '%Y-%m')
    group by
        coverage.region_level, coverage.region_code, coverage.as_of, coverage.reach_on,
        membership.municipality_code

),

-- One member without a figure, and the region has none: a part of the residents is not the residents.
residents as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        case when count(*) = count(residents) then sum(residents) end as residents
    from residents_of_members
    group by region_level, region_code, as_of, reach_on

),

measured as (

    select
        stock.region_level,
        stock.region_code,
        stock.as_of,
        stock.reach_on,
        stock.segment_kind,
        stock.segment_value,
        '' as part,
        cast(stock.people as double) as value,
        cast(stock.people as double) as numerator,
        cast(null as double) as denominator,
        stock.people as n
    from mart_stock as stock
    where stock.stage = 'dual'

    union all

    select
        stock.region_level,
        stock.region_code,
        stock.as_of,
        stock.reach_on,
        stock.segment_kind,
        stock.segment_value,
        'per_1000' as part,
        1000 * stock.people / nullif(residents.residents, 0) as value,
        cast(stock.people as double) as numerator,
        residents.residents as denominator,
        stock.people as n
    from mart_stock as stock
    inner join residents
        on
            stock.region_level = residents.region_level
            and stock.region_code = residents.region_code
            and stock.as_of = residents.as_of
            and stock.reach_on = residents.reach_on
    where stock.stage = 'dual'

)

select
    'K25' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    measured.segment_kind,
    measured.segment_value,
    measured.value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case when coverage.first_on > measured.as_of - 364 then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
