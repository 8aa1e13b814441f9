-- purpose: Who reached the required step before one, and not that one.
-- grain:   person
-- reads:   funnel_reached, ask_steps
-- params:
--   $step  integer  number of the step they did not reach
-- columns:
--   person  bigint  who

select reached.person
from funnel_reached as reached
inner join ask_steps as steps
    on
        steps.step = $step
        and reached.step = steps.before_step
where reached.person not in (select person from funnel_reached where step = $step)
order by reached.person
