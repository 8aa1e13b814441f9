-- purpose: The records of presence that hold: the later row of one (source, visit_id), none after a declared horizon.
-- grain:   input_order
-- reads:   raw_visits, stg_coverage
-- params:  none
-- columns:
--   person_key              bigint   keyed hash of the supplier's id
--   municipality_code       varchar  5-digit JIS X 0402 code
--   arrived_on              date     first day
--   departed_on             date     last day; a day trip ends on the day it began
--   purpose                 varchar  as contract.PURPOSES; null where not given
--   spend_yen               bigint   exact amount; null where a band or nothing was given
--   spend_low               bigint   lower bound of the amount
--   spend_high              bigint   upper bound; null where the band is open
--   home_municipality_code  varchar  5-digit code, or 2-digit prefecture
--   program_id              varchar  programme that brought the visit
--   organization_id         varchar  company on whose behalf
--   source                  varchar  kind of log
--   load_id                 integer  the load it came with
--   file_no                 integer  file within the load
--   line                    integer  line within the file
--   input_order             bigint   rises over all rows ever loaded

with

latest as (

    -- A row after the horizon is rejected, so it replaces nothing, however late the horizon was declared.
    select max(visits.input_order) as input_order
    from raw_visits as visits
    left join stg_coverage as coverage
        on visits.municipality_code = coverage.municipality_code
    where
        visits.visit_id is not null
        and (coverage.covered_through is null or visits.arrived_on <= coverage.covered_through)
    group by coalesce(visits.source, ''), visits.visit_id

)

select
    visits.person_key,
    visits.municipality_code,
    visits.arrived_on,
    visits.departed_on,
    visits.purpose,
    visits.spend_yen,
    visits.spend_low,
    visits.spend_high,
    visits.home_municipality_code,
    visits.program_id,
    visits.organization_id,
    visits.source,
    visits.load_id,
    visits.file_no,
    visits.line,
    visits.input_order
from raw_visits as visits
left join stg_coverage as coverage
    on visits.municipality_code = coverage.municipality_code
where
    (
        visits.visit_id is null
        or visits.input_order in (select latest.input_order from latest)
    )
    and (coverage.covered_through is null or visits.arrived_on <= coverage.covered_through)
