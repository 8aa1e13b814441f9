-- purpose: Registrations that hold for a period, none that starts after a declared horizon.
-- grain:   input_order
-- reads:   raw_enrollments, stg_coverage
-- params:  none
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   scheme             varchar  as contract.SCHEMES
--   started_on         date     first day it holds
--   ended_on           date     last day it holds; null while it runs
--   program_id         varchar  programme
--   source             varchar  kind of log
--   load_id            integer  the load it came with
--   file_no            integer  file within the load
--   line               integer  line within the file
--   input_order        bigint   rises over all rows ever loaded

select
    enrollments.person_key,
    enrollments.municipality_code,
    enrollments.scheme,
    enrollments.started_on,
    enrollments.ended_on,
    enrollments.program_id,
    enrollments.source,
    enrollments.load_id,
    enrollments.file_no,
    enrollments.line,
    enrollments.input_order
from raw_enrollments as enrollments
left join stg_coverage as coverage
    on enrollments.municipality_code = coverage.municipality_code
where
    (enrollments.ended_on is null or enrollments.ended_on >= enrollments.started_on)
    and (coverage.covered_through is null or enrollments.started_on <= coverage.covered_through)
