-- purpose: The stage each person holds toward each municipality, as spells in time. Contract section 4.
-- grain:   municipality_code, person_key, valid_from
-- reads:   int_visit_stage_changes, int_signal_stage_changes
-- params:  none
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   stage              varchar  settled, dual, routine, related, loyal, tourist, interest, dormant
--   valid_from         date     first day in the stage
--   valid_to           date     first day no longer in it; null while it holds at the horizon

with

changes as (

    select person_key, municipality_code, stage, valid_from
    from int_visit_stage_changes

    union all

    select person_key, municipality_code, stage, valid_from
    from int_signal_stage_changes

)

select
    person_key,
    municipality_code,
    stage,
    valid_from,
    lead(valid_from) over (
        partition by person_key, municipality_code
        order by valid_from
    ) as valid_to
from changes
