-- purpose: K05 来訪頻度分布: visitors of the 365 days by how often they came to the municipality they visited most.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   mart_frequency, mart_visits, mart_coverage
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

select
    'K05' as kpi_id,
    bands.visits_band as part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    measured.segment_kind,
    measured.segment_value,
    cast(coalesce(frequency.people, 0) as double) as value,
    cast(coalesce(frequency.people, 0) as double) as numerator,
    cast(measured.people as double) as denominator,
    coalesce(frequency.people, 0) as n,
    case when coverage.first_on > measured.as_of - 364 then 'provisional' else 'final' end as status
from mart_visits as measured
cross join (values ('1'), ('2'), ('3'), ('4-5'), ('6-11'), ('12+')) as bands (visits_band)
left join mart_frequency as frequency
    on
        measured.region_level = frequency.region_level
        and measured.region_code = frequency.region_code
        and measured.as_of = frequency.as_of
        and measured.reach_on = frequency.reach_on
        and measured.period = frequency.period
        and measured.segment_kind = frequency.segment_kind
        and measured.segment_value = frequency.segment_value
        and bands.visits_band = frequency.visits_band
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
where measured.period = 'w365'
