-- purpose: Which steps can be taken at a moment of a signature, by how many required steps were done before it.
-- grain:   signature, step, from_depth
-- reads:   funnel_moments, funnel_classes, ask_needs, ask_subsets
-- params:  none
-- columns:
--   signature   hugeint  of a moment
--   step        integer  number of the step
--   depth       integer  required steps done with it; 0 for an optional one, from which nothing goes on
--   from_depth  integer  required steps done before the moment
--   taken       integer  steps taken at the moment
--   gap_us      bigint   longest time from the required step before

-- Hall's theorem: steps can be served by one event each if and only if every set of them meets as many events as it has
-- steps. So no event ever serves two steps, and events of one moment count in whatever order serves best.

with

signatures as (

    select distinct signature
    from funnel_moments
    where signature <> 0

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

),

conditions as (

    select
        needs.step,
        needs.depth,
        needs.from_depth,
        needs.taken,
        needs.gap_us,
        covers.steps,
        covers.cover
    from ask_needs as needs
    inner join covers
        on (covers.subset & needs.needed) = covers.subset

)

select
    signatures.signature,
    conditions.step,
    conditions.depth,
    conditions.from_depth,
    conditions.taken,
    conditions.gap_us
from signatures
cross join conditions
group by
    signatures.signature,
    conditions.step,
    conditions.depth,
    conditions.from_depth,
    conditions.taken,
    conditions.gap_us
having bool_and(bit_count(signatures.signature & conditions.cover) >= conditions.steps)
