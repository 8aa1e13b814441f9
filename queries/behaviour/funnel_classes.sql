-- purpose: The kinds of events there are, by the steps they may serve, and where each has its bits in a signature.
-- grain:   mask
-- reads:   funnel_events
-- params:  none
-- columns:
--   mask       integer  steps an event of this kind may serve, a bit each
--   first_bit  integer  the first of its bits in a signature
--   slots      integer  its bits: as many as steps it may serve, for more events of a kind serve no more

with

masks as (

    select distinct mask
    from funnel_events
    where mask <> 0

)

select
    mask,
    cast(coalesce(
        sum(bit_count(mask)) over (
            order by mask
            rows between unbounded preceding and 1 preceding
        ),
        0
    ) as integer) as first_bit,
    cast(bit_count(mask) as integer) as slots
from masks
