-- purpose: The KPIs of programmes (施策) in one region on one day, each programme for itself, with its target.
-- grain:   kpi_id, program_id, part
-- reads:   mart_kpis, mart_targets, dim_programs
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     the day
-- columns:
--   program_id       varchar  the supplier's id
--   name_ja          varchar  name; null where the programme is not in the list
--   name_en          varchar  name; null where the programme is not in the list
--   kpi_id           varchar  K27, K28, K29, K37
--   part             varchar  empty for the KPI itself, else the part of it
--   value            double   null where nothing can be said
--   numerator        double   what is counted
--   denominator      double   of what; null where the KPI has none
--   n                bigint   people behind the value
--   status           varchar  final, provisional, no_data
--   previous         double   the same a year before
--   previous_status  varchar  final, provisional; null where there is none
--   target           double   of the fiscal year of the day

select
    kpis.segment_value as program_id,
    programs.name_ja,
    programs.name_en,
    kpis.kpi_id,
    kpis.part,
    kpis.value,
    kpis.numerator,
    kpis.denominator,
    kpis.n,
    kpis.status,
    kpis.previous,
    kpis.previous_status,
    targets.target
from mart_kpis as kpis
left join dim_programs as programs
    on kpis.segment_value = programs.program_id
left join mart_targets as targets
    on
        kpis.kpi_id = targets.kpi_id
        and kpis.part = targets.part
        and kpis.segment_value = targets.scope
        and kpis.as_of = targets.as_of
        and targets.as_of = targets.reach_on
where
    kpis.region_level = $region_level
    and kpis.region_code = $region_code
    and kpis.as_of = $as_of
    and kpis.segment_kind = 'program'
    and kpis.kpi_id in ('K27', 'K28', 'K29', 'K37')
order by kpis.kpi_id, kpis.segment_value, kpis.part
