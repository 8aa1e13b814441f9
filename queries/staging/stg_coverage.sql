-- purpose: The span each municipality's suppliers vouch for: a row may not be dated after it.
-- grain:   municipality_code
-- reads:   raw_coverage
-- params:  none
-- columns:
--   municipality_code  varchar  5-digit JIS X 0402 code
--   covered_from       date     first day any supplier vouches for; null where none says
--   covered_through    date     last day any supplier vouches for

-- Several sources: the last day any of them vouches for. The least would stop a place's figures for
-- ever on the day one old survey ended.
select
    municipality_code,
    min(covered_from) as covered_from,
    max(covered_through) as covered_through
from raw_coverage
group by municipality_code
