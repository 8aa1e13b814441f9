-- purpose: K15 ステージ移行率: of the people in a ladder stage 365 days before, those higher now; part: the stage they were in.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   mart_moves, mart_coverage, ref_stages
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

moves as (

    select
        moves.region_level,
        moves.region_code,
        moves.as_of,
        moves.reach_on,
        moves.segment_kind,
        moves.segment_value,
        moves.stage_from,
        moves.people,
        -- Ranks: the best stage has the least; above a rung stand only higher rungs and settled.
        case when later.rank < earlier.rank then moves.people else 0 end as risen
    from mart_moves as moves
    inner join ref_stages as earlier
        on moves.stage_from = earlier.stage
    inner join ref_stages as later
        on moves.stage_to = later.stage
    where moves.span = 'year' and earlier.stage in ('tourist', 'loyal', 'related', 'dual')

),

measured as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        segment_kind,
        segment_value,
        case when grouping(stage_from) = 0 then stage_from else '' end as part,
        cast(sum(risen) as bigint) as risen,
        cast(sum(people) as bigint) as people
    from moves
    group by grouping sets (
        (region_level, region_code, as_of, reach_on, segment_kind, segment_value),
        (region_level, region_code, as_of, reach_on, segment_kind, segment_value, stage_from)
    )

)

select
    'K15' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    measured.segment_kind,
    measured.segment_value,
    measured.risen / nullif(cast(measured.people as double), 0) as value,
    cast(measured.risen as double) as numerator,
    cast(measured.people as double) as denominator,
    measured.people as n,
    case
        when coverage.first_on > measured.as_of - 365 then 'no_data'
        when coverage.first_on > measured.as_of - 365 - 364 then 'provisional'
        else 'final'
    end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
