-- purpose: The last day about which anything may be said of each municipality, declared or taken from its rows.
-- grain:   municipality_code
-- reads:   stg_coverage, stg_visits, stg_engagements, stg_enrollments, stg_supports
-- params:  none
-- columns:
--   municipality_code  varchar  5-digit JIS X 0402 code
--   first_on           date     first day covered
--   horizon_on         date     last day covered
--   is_declared        boolean  whether a supplier vouches for it
--   rows_accepted      bigint   rows that hold, over all tables

with

dated as (

    select municipality_code, arrived_on as happened_on from stg_visits
    union all
    select municipality_code, engaged_on as happened_on from stg_engagements
    union all
    select municipality_code, started_on as happened_on from stg_enrollments
    union all
    select municipality_code, supported_on as happened_on from stg_supports

),

spans as (

    select
        municipality_code,
        min(happened_on) as first_on,
        max(happened_on) as last_on,
        count(*) as rows_accepted
    from dated
    group by municipality_code

)

select
    coalesce(spans.municipality_code, coverage.municipality_code) as municipality_code,
    coalesce(coverage.covered_from, spans.first_on, coverage.covered_through) as first_on,
    coalesce(coverage.covered_through, spans.last_on) as horizon_on,
    coverage.covered_through is not null as is_declared,
    coalesce(spans.rows_accepted, 0) as rows_accepted
from spans
full join stg_coverage as coverage
    on spans.municipality_code = coverage.municipality_code
