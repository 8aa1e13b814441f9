-- purpose: The days whose figures were computed when the snapshot was built.
-- grain:   as_of
-- reads:   dim_as_ofs
-- params:  none
-- columns:
--   as_of  date  month ends, or the last day of a log shorter than a month

select as_of
from dim_as_ofs
order by as_of
