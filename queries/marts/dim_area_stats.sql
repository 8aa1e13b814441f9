-- purpose: Official figures per municipality and month, the later row where one is given twice.
-- grain:   municipality_code, month, metric
-- reads:   raw_area_stats
-- params:  none
-- columns:
--   municipality_code  varchar  5-digit JIS X 0402 code
--   month              varchar  YYYY-MM
--   metric             varchar  name of the figure
--   value              double   in its own unit
--   source             varchar  where it was published

select
    municipality_code,
    month,
    metric,
    arg_max(value, input_order) as value,
    arg_max(source, input_order) as source
from raw_area_stats
group by municipality_code, month, metric
