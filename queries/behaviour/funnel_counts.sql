-- purpose: How many people reached each step, as a share of the required step before and of the first.
-- grain:   step
-- reads:   funnel_reached, ask_steps
-- params:  none
-- columns:
--   step        integer  number of the step
--   role        varchar  required, optional
--   people      bigint   reached it
--   dropped     bigint   reached the required step before, and not this one; null for the first
--   step_rate   double   of those who reached the required step before; null where nobody did
--   start_rate  double   of those who reached the first step; null where nobody did

with

counted as (

    select
        steps.step,
        steps.role,
        steps.before_step,
        count(reached.person) as people
    from ask_steps as steps
    left join funnel_reached as reached
        on steps.step = reached.step
    where steps.role <> 'excluded'
    group by steps.step, steps.role, steps.before_step

)

select
    counted.step,
    counted.role,
    counted.people,
    before.people - counted.people as dropped,
    counted.people / cast(nullif(before.people, 0) as double) as step_rate,
    counted.people / cast(nullif(first_step.people, 0) as double) as start_rate
from counted
left join counted as before
    on counted.before_step = before.step
inner join counted as first_step
    on first_step.step = 1
order by counted.step
