-- purpose: How many steps the events of a span can serve, one event each.
-- grain:   signature
-- reads:   funnel_spans, funnel_classes, ask_subsets, ask_steps
-- params:  none
-- columns:
--   signature  hugeint  of a span
--   steps      integer  most steps its events can serve

-- Koenig and Hall: the steps left over are those of the set of steps that lacks most events.

with

signatures as (

    select distinct signature
    from funnel_spans

),

covers as (

    select
        subsets.subset,
        subsets.steps,
        coalesce(
            bit_or(((cast(1 as hugeint) << classes.slots) - 1) << classes.first_bit),
            cast(0 as hugeint)
        ) as cover
    from ask_subsets as subsets
    left join funnel_classes as classes
        on (subsets.subset & classes.mask) <> 0
    group by subsets.subset, subsets.steps

)

select
    signatures.signature,
    cast(
        (select count(*) from ask_steps)
        - max(greatest(covers.steps - bit_count(signatures.signature & covers.cover), 0)) as integer
    ) as steps
from signatures
cross join covers
group by signatures.signature
