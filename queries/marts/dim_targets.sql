-- purpose: What a region or programme wants to reach; the later row where one is given twice.
-- grain:   scope, kpi_id, fiscal_year
-- reads:   raw_targets
-- params:  none
-- columns:
--   scope        varchar  region code or programme
--   kpi_id       varchar  id in kayoi/metrics.toml
--   fiscal_year  bigint   the year it begins in, in April
--   value        double   in the unit of the KPI

select
    scope,
    kpi_id,
    fiscal_year,
    arg_max(value, input_order) as value
from raw_targets
group by scope, kpi_id, fiscal_year
