-- purpose: Every KPI of every region, day and segment, beside its value a year before.
-- grain:   kpi_id, part, region_level, region_code, as_of, segment_kind, segment_value
-- reads:   kpi_values, ask_previous, ask_facts
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   part           varchar  empty for the KPI itself, else the part of it
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   segment_kind   varchar  all, origin_block, age_band, gender, purpose, program
--   segment_value  varchar  all for all, unknown where not known
--   value          double   null where nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what; null where the KPI has none
--   n              bigint   people (or visits) behind the value
--   status         varchar  final, provisional, no_data
--   previous         double   the same a year before, over the members that speak on the day
--   previous_status  varchar  final, provisional; null where there is none

select
    now.kpi_id,
    now.part,
    now.region_level,
    now.region_code,
    now.as_of,
    now.segment_kind,
    now.segment_value,
    case when now.status <> 'no_data' then now.value end as value,
    now.numerator,
    now.denominator,
    now.n,
    case
        when now.value is null then 'no_data'
        -- A day that had not come when the snapshot was built: a mistyped year, most often.
        when now.status = 'final' and now.as_of > cast(facts.built_at as date) then 'provisional'
        else now.status
    end as status,
    case when previous.status <> 'no_data' then previous.value end as previous,
    case when previous.status <> 'no_data' and previous.value is not null then previous.status end as previous_status
from kpi_values as now
inner join ask_previous as asked
    on now.as_of = asked.as_of
left join ask_facts as facts
    on true
left join kpi_values as previous
    on
        now.kpi_id = previous.kpi_id
        and now.part = previous.part
        and now.region_level = previous.region_level
        and now.region_code = previous.region_code
        and now.segment_kind = previous.segment_kind
        and now.segment_value = previous.segment_value
        and asked.previous_on = previous.as_of
        and asked.previous_reach_on = previous.reach_on
where now.reach_on = now.as_of
