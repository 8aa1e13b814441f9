-- purpose: Help with the cost of coming, none after a declared horizon.
-- grain:   input_order
-- reads:   raw_supports, stg_coverage
-- params:  none
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   supported_on       date     day
--   kind               varchar  as the contract lists
--   quantity           double   amount in the unit of its kind
--   yen                bigint   yen
--   program_id         varchar  programme
--   load_id            integer  the load it came with
--   file_no            integer  file within the load
--   line               integer  line within the file
--   input_order        bigint   rises over all rows ever loaded

select
    supports.person_key,
    supports.municipality_code,
    supports.supported_on,
    supports.kind,
    supports.quantity,
    supports.yen,
    supports.program_id,
    supports.load_id,
    supports.file_no,
    supports.line,
    supports.input_order
from raw_supports as supports
left join stg_coverage as coverage
    on supports.municipality_code = coverage.municipality_code
where coverage.covered_through is null or supports.supported_on <= coverage.covered_through
