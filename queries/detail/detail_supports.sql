-- purpose: The supports of one municipality, as published.
-- grain:   input_order
-- reads:   stg_supports
-- params:
--   $region_code  varchar  5-digit code of the municipality
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
    person_key,
    municipality_code,
    supported_on,
    kind,
    quantity,
    yen,
    program_id,
    load_id,
    file_no,
    line,
    input_order
from stg_supports
where municipality_code = $region_code
order by input_order
