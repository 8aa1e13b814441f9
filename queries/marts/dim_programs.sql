-- purpose: Programmes (施策); the later row where one is given twice.
-- grain:   program_id
-- reads:   raw_programs
-- params:  none
-- columns:
--   program_id            varchar  the supplier's id
--   name_ja               varchar  name
--   name_en               varchar  name
--   kind                  varchar  startup, pioneer, corporate, dual_residence, other
--   starts_on             date     first day
--   ends_on               date     last day
--   municipality_codes    varchar  separated by ;
--   required_round_trips  bigint   visits asked of each person enrolled
--   budget_yen            bigint   yen
--   operator              varchar  who runs it

select
    program_id,
    name_ja,
    name_en,
    kind,
    starts_on,
    ends_on,
    municipality_codes,
    required_round_trips,
    budget_yen,
    operator
from raw_programs
qualify row_number() over (
    partition by program_id
    order by input_order desc
) = 1
