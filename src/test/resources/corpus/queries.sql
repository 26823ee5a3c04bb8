-- One query a line, run by samza-batch and by DuckDB over the same tables (see CorpusTest), and compared.
-- A line behind "duckdb>" is what DuckDB is asked instead of the line above, where the dialects differ.
-- people(id, name?, dept?, salary?, age?, born?, active?, balance?)  depts(dept?, title, city?)
-- events(eid, pid?, kind, happened, amount?, score?)  nobody: as people, without rows

select * from people
select id, name from people
select id, salary * 2 as d, salary + 1 as s, salary - age as m, salary / 4 as q from people
select id, age + 1 as a, age - 1 as b, age * 3 as c, -age as d from people
select id, age / 7 as q, mod(age, 7) as r from people
duckdb> select id, age // 7 as q, age % 7 as r from people
select id, balance + 1.5 as a, balance * 2 as b, balance - 0.01 as c from people
select id, balance * balance as sq from people
select id, abs(balance) as a, abs(age - 40) as b, abs(salary) as c from people
select id, floor(salary) as f, ceil(salary) as c from people
select id, round(salary) as r0, round(balance, 1) as r1 from people where salary is not null
select id, cast(salary as bigint) as l from people where salary between -1e15 and 1e15 and salary - floor(salary) <> 0.5
select id, cast(age as double) as d, cast(id as varchar) as s, cast(age as decimal(10,3)) as n from people
select id, cast(name as varchar) as n, cast(active as varchar) as a from people
select id, cast(born as varchar) as b from people
select id, cast('2024-02-29' as date) as d, cast('12' as integer) + id as n from people
select id from people where age > 30
select id from people where age >= 30 and salary < 3000
select id from people where age > 30 or salary > 3000
select id from people where not (age > 30)
select id from people where not (age > 30 and salary > 1000)
select id from people where not (age > 30 or salary > 1000)
select id from people where age is null
select id from people where age is not null and name is null
select id from people where active
select id from people where not active
select id from people where active is true
select id from people where active is not true
select id from people where active is false
select id from people where active is not false
select id, active and age > 30 as a, active or age > 30 as o, not active as n from people
select id from people where (age > 30) is not true
select id from people where age = 30
select id from people where age <> 30
select id from people where name = 'Ann'
select id from people where name <> 'Ann'
select id from people where name < 'M'
select id from people where name >= 'Zoë'
select id from people where salary = 0
select id, salary = -0.0 as z from people
select id from people where balance = 10.5
select id from people where balance > 10
select id from people where born < date '1990-01-01'
select id from people where born = date '2000-02-29'
select id from people where age between 20 and 40
select id from people where age not between 20 and 40
select id from people where name between 'A' and 'C'
select id from people where age in (30, 41, 7)
select id from people where age not in (30, 41, 7)
select id from people where name in ('Ann', 'Zoë', '')
select id from people where name in ('Ann', null)
select id from people where name not in ('Ann', null)
select id from people where dept in (1, 2) and name like 'A%'
select id from people where name like 'A%'
select id from people where name like '%n'
select id from people where name like '%o%'
select id from people where name like 'A__'
select id from people where name not like 'A%'
select id from people where name like '%\_%' escape '\'
select id from people where name like '%'
select id from people where name like ''
select id from people where age is distinct from 30
select id from people where age is not distinct from null
select id, case when age < 30 then 'young' when age < 60 then 'grown' else 'old' end as c from people
select id, case when age < 30 then 'young' end as c from people
select id, case dept when 1 then 'one' when 2 then 'two' else 'many' end as c from people
select id, case when age = 0 then 0 else 100 / age end as c from people
duckdb> select id, case when age = 0 then 0 else 100 // age end as c from people
select id, coalesce(name, 'nobody') as n, coalesce(age, dept, -1) as a from people
select id, nullif(age, 30) as a, nullif(name, '') as n from people
select id, case when active then salary else balance end as x from people
select id, upper(name) as u, lower(name) as l from people where id <> 10
select id, char_length(name) as n from people
duckdb> select id, length(name) as n from people
select id, trim(name) as t, trim(leading from name) as l, trim(trailing from name) as r from people
duckdb> select id, trim(name, ' ') as t, ltrim(name, ' ') as l, rtrim(name, ' ') as r from people
select id, substring(name from 2) as a, substring(name from 2 for 2) as b, substring(name, 1, 1) as c from people
duckdb> select id, substring(name, 2) as a, substring(name, 2, 2) as b, substring(name, 1, 1) as c from people
select id, position('n' in name) as p from people
select id, replace(name, 'n', 'NN') as r from people
select id, name || '-' || cast(id as varchar) as c from people
select id, upper(substring(name, 1, 1)) || lower(substring(name, 2)) as c from people
select id, extract(year from born) as y, extract(month from born) as m, extract(day from born) as d from people
select id, extract(quarter from born) as q, extract(doy from born) as y from people
select eid, extract(hour from happened) as h, extract(minute from happened) as m from events
select eid, floor(happened to hour) as h, floor(happened to day) as d, floor(happened to month) as m from events
duckdb> select eid, date_trunc('hour', happened) as h, date_trunc('day', happened)::timestamp as d, date_trunc('month', happened)::timestamp as m from events
select eid, floor(happened to year) as y, floor(happened to minute) as m from events
duckdb> select eid, date_trunc('year', happened)::timestamp as y, date_trunc('minute', happened) as m from events
select eid, timestampadd(hour, 5, happened) as a, timestampadd(day, -1, happened) as b, timestampadd(month, 1, happened) as c from events
duckdb> select eid, happened + interval 5 hour as a, happened - interval 1 day as b, happened + interval 1 month as c from events
select eid, timestampdiff(second, timestamp '2024-01-01 00:00:00', happened) as s from events where happened > timestamp '2024-01-01 00:00:00'
duckdb> select eid, datediff('microsecond', timestamp '2024-01-01 00:00:00', happened) // 1000000 as s from events where happened > timestamp '2024-01-01 00:00:00'
select eid, cast(happened as date) as d from events
select eid from events where happened >= timestamp '2024-02-29 00:00:00' and happened < timestamp '2024-03-01 00:00:00'
select count(*) as n from people
select count(*) as n, count(age) as a, count(name) as b from people
select sum(age) as s, sum(salary) as t, sum(balance) as u from people
select min(age) as a, max(age) as b, min(name) as c, max(name) as d, min(born) as e, max(born) as f from people
select min(balance) as a, max(balance) as b, min(salary) as c, max(salary) as d, min(active) as e, max(active) as f from people
select avg(age) as a, avg(balance) as b from people
select count(distinct age) as a from people
select count(distinct name) as a, count(distinct dept) as b, sum(distinct age) as c from people
select count(*) as n, sum(age) as s, min(name) as m, avg(salary) as a from nobody
select count(distinct age) as n from nobody
select count(*) as n from people where id < 0
select sum(age) as s from people where age is null
select dept, count(*) as n from people group by dept
select dept, count(*) as n, sum(salary) as s, avg(age) as a, min(name) as lo, max(name) as hi from people group by dept
select dept, active, count(*) as n from people group by dept, active
select name, count(*) as n from people group by name
select salary, count(*) as n from people group by salary
select balance, count(*) as n from people group by balance
select born, count(*) as n from people group by born
select age / 10 as decade, count(*) as n from people group by age / 10
duckdb> select age // 10 as decade, count(*) as n from people group by age // 10
select upper(name) as u, count(*) as n from people where id <> 10 group by upper(name)
select dept, count(distinct age) as n from people group by dept
select dept, count(distinct age) as n, count(*) as c, sum(age) as s from people group by dept
select dept, count(distinct name) as n, count(distinct active) as m from people group by dept
select dept, count(*) filter (where age > 30) as n, sum(age) filter (where active) as s from people group by dept
select dept, count(*) as n from people group by dept having count(*) > 1
select dept, sum(age) as s from people group by dept having sum(age) > 50 and min(age) < 40
select dept, max(age) - min(age) as spread from people group by dept
select dept + 1 as d, count(*) + 1 as n from people group by dept
select dept from people group by dept
select dept, count(*) as n from nobody group by dept
select distinct dept from people
select distinct dept, active from people
select distinct salary from people
select distinct name from people where age > 20
select count(*) as n from (select distinct dept from people) as d
select p.id, p.name, d.title from people p join depts d on p.dept = d.dept
select p.id, d.title from people p left join depts d on p.dept = d.dept
select p.id, d.title from people p right join depts d on p.dept = d.dept
select p.id, d.title from people p full join depts d on p.dept = d.dept
select p.id, d.title from people p join depts d on p.dept = d.dept and p.age > 30
select p.id, d.title from people p left join depts d on p.dept = d.dept and p.age > 30
select p.id, d.title from people p right join depts d on p.dept = d.dept and p.age > 30
select p.id, d.title from people p full join depts d on p.dept = d.dept and p.age > 30
select p.id, d.title from people p left join depts d on p.dept = d.dept where d.title is null
select p.id, d.title from people p left join depts d on p.dept = d.dept where p.age > 30
select p.id, d.title from people p left join depts d on p.dept = d.dept where d.city = 'Ulm'
select p.id, q.id as other from people p join people q on p.dept = q.dept and p.id < q.id
select p.id, q.id as other from people p join people q on p.age = q.age
select p.id, e.eid from people p join events e on p.id = e.pid
select p.id, e.eid from people p left join events e on p.id = e.pid
select p.name, count(*) as n, sum(e.amount) as s from people p join events e on p.id = e.pid group by p.name
select d.title, count(*) as n, avg(p.age) as a from people p join depts d on p.dept = d.dept group by d.title
select d.title, e.kind, count(*) as n from people p join depts d on p.dept = d.dept join events e on e.pid = p.id group by d.title, e.kind
select p.id, d.title, e.kind from people p left join depts d on p.dept = d.dept left join events e on e.pid = p.id
select p.id, n.id as nid from people p left join nobody n on p.id = n.id
select n.id, p.id as pid from nobody n right join people p on p.id = n.id
select p.id, n.id as nid from people p full join nobody n on p.id = n.id
select p.id from people p join nobody n on p.id = n.id
select p.id, d.title from people p join depts d on p.dept = d.dept and p.name = d.title
select p.id, d.city from people p join depts d on p.dept + 0 = d.dept
select a.dept, a.n, b.s from (select dept, count(*) as n from people group by dept) a join (select dept, sum(age) as s from people group by dept) b on a.dept = b.dept
select a.dept, a.n, d.title from (select dept, count(*) as n from people group by dept) a left join depts d on a.dept = d.dept
select p.id, a.n from people p join (select dept, count(*) as n from people group by dept) a on p.dept = a.dept
select id from people union all select eid from events
select dept from people union select dept from depts
select id, name from people where age > 30 union all select id, name from people where age <= 30
select name as x from people union select title as x from depts
select x, count(*) as n from (select dept as x from people union all select dept as x from depts) u group by x
select id from people union all select id from nobody
select id, age from people order by age, id
select id, age from people order by age desc, id
select id, age from people order by age nulls first, id
select id, age from people order by age desc nulls last, id
select id, name from people order by name, id
select id, salary from people order by salary desc nulls last, id
select id, balance from people order by balance nulls first, id desc
select id, born from people order by born, id limit 3
select id from people order by id limit 4 offset 2
select id from people order by id desc limit 3
select id from people order by id offset 5
select id from people order by id limit 0
select count(*) as n from (select id from people limit 5) x
select dept, count(*) as n from people group by dept order by n desc, dept nulls last limit 2
select name from (select name, age from people where age > 20) x where name is not null order by name, age limit 5
select t.n, count(*) as c from (select dept, count(*) as n from people group by dept) t group by t.n
select kind, cast(happened as date) as d, count(*) as n from events group by kind, cast(happened as date)
select kind, sum(amount) as s, min(happened) as a, max(happened) as b from events group by kind
select kind, min(score) as a, max(score) as b, count(score) as c from events group by kind
with a as (select dept, count(*) as n from people group by dept) select n, count(*) as c from a group by n
select id, 1 as i, 'x' as s, true as t, null as n from people
select id + 0.5 as x, id * 1.25 as y from people
select 'a' || null as x, id from people
select id from people where 1 = 1
select id from people where 1 = 0
select id from people where null
select id, case when id > 3 then null else id end as x from people
select sum(case when active then 1 else 0 end) as n, count(case when active then 1 end) as m from people
select max(id) - min(id) as spread, sum(id) / count(*) as mean from people
duckdb> select max(id) - min(id) as spread, sum(id) // count(*) as mean from people

select id from people where salary = (select max(salary) from people)
select id, (select count(*) from depts) as n from people
select id, (select title from depts where dept = 1) as n from people
select id from people where age > (select avg(age) from people where dept = 1)
select id from people where age > (select age from people where id = 99)
select id from people where exists (select 1 from depts where depts.dept = people.dept)
select id from people where not exists (select 1 from depts where depts.dept = people.dept)
select id from people p where exists (select 1 from depts d where d.dept = p.dept and d.title = p.name)
select id from people p where exists (select 1 from depts d where d.dept = p.dept and d.dept < p.age and d.city is not null)
select id from people p where exists (select 1 from depts d where d.title > p.name)
select id from people p where not exists (select 1 from depts d where d.title > p.name)
select id from people where exists (select 1 from depts)
select id from people where exists (select 1 from nobody)
select id from people where not exists (select 1 from nobody)
select id from people where dept in (select dept from depts)
select id from people where dept in (select dept from depts where city = 'Ulm') and name in (select title from depts)
select id from people where (dept, name) in (select dept, title from depts)
select id from people where id not in (select eid from events)
select id from people where id not in (select eid - 99 from events)
select p.id, d.title from people p, depts d where p.dept = d.dept
select p.id, d.title from people p, depts d where p.dept = d.dept and p.age > 20 and d.city is not null
select p.id, d.title, e.kind from people p, depts d, events e where p.dept = d.dept and e.pid = p.id
select p.id, d.title from people p, depts d where p.age = d.dept + 29
select p.id, d.title from people p join depts d on p.dept < d.dept
select p.id, d.title from people p left join depts d on p.dept < d.dept and d.city = 'Ulm'
select p.id, d.title from people p left join depts d on p.dept = d.dept and p.age > 30
select p.id, d.title from people p right join depts d on p.dept = d.dept and p.age > 30
select p.id, d.title from people p full join depts d on p.dept = d.dept and p.age > 30
select p.id, d.title from people p full join depts d on p.dept = d.dept where p.age > 30 or p.age is null
select p.id, d.title from people p left join depts d on p.dept = d.dept where d.title is null
select p.id, d.title from people p left join depts d on upper(p.name) = upper(d.title)
select p.id, q.id as other from people p join people q on p.name = q.name and p.id < q.id
select p.id, q.id as other from people p join people q on p.age = q.id
select count(*) as n from people p, depts d
select count(*) as n, sum(p.age) as s from people p left join depts d on p.dept = d.dept
select dept, count(*) as n from people group by dept having count(*) > 1 and dept > 1
select x.dept, x.n from (select dept, count(*) as n from people group by dept) x where x.dept = 1 and x.n > 0
select n, count(*) as m from (select dept, count(*) as n from people group by dept) x group by n
select distinct n from (select dept, count(*) as n from people group by dept) x
select distinct dept from (select dept, count(*) as n from people group by dept) x
select dept, count(distinct name) as a, count(name) as b, sum(distinct age) as c, avg(distinct age) as d from people group by dept
select dept, count(*) filter (where age > 30) as a, sum(age) filter (where active) as b, min(name) filter (where age < 40) as c from people group by dept
select count(*) filter (where age > 300) as a, sum(age) filter (where age > 300) as b from people
select id from people order by dept desc nulls first, id
select id from people order by dept nulls first, name desc nulls last, id
select id, name from people order by age desc, id limit 3
select id from people order by age + 1 desc, id limit 3 offset 2
select id from people where age is distinct from 30
select id from people where age is not distinct from null
select id, age is distinct from dept as d from people
select name from people union select title from depts
select name from people union all select title from depts
select dept from people union select age from people
select id, age from people union all select dept, salary from people
select * from (select name as x, age as d from people union all select title, 1 from depts) u where x = 'Ann' and d > 0
with a as (select dept, sum(age) as s from people group by dept), b as (select dept, count(*) as n from depts group by dept) select a.dept, a.s, b.n from a left join b on a.dept = b.dept
with people as (select * from people where id > 5) select id from people
select case dept when 1 then 'one' when 2 then 'two' else 'many' end as d, count(*) as n from people group by case dept when 1 then 'one' when 2 then 'two' else 'many' end
select id, coalesce(name, cast(dept as varchar), 'x') as c, nullif(name, 'Ann') as n, nullif(dept, 1) as m from people
select id from people where name in (select name from people where age > 40)
select p.name, x.n from people p join (select name, count(*) as n from people group by name) x on p.name = x.name where x.n > 1
select a.id, b.id as bid from people a, people b where a.id + 1 = b.id
select id from people where (age > 30) is not false
select id from people where not (dept in (1, 2)) or dept is null
select eid from events where happened > '2024-01-01 00:00:00'
select eid from events where happened between timestamp '2024-02-01 00:00:00' and timestamp '2024-02-29 23:59:59'
select eid, happened + interval '1' day as a, happened - interval '1' month as b, happened + interval '90' minute as c from events
select id, born + interval '3' day as a from people
duckdb> select id, cast(born + interval '3' day as date) as a from people
select eid from events where happened > date '2024-01-31'
select id from people where born < '1990-01-01'
select id from people where born in ('1990-05-01', '2000-02-29')
select id, 1 as one, 'x' as x, null as nothing from people
select dept, max(name) as m from people where id < 0 group by dept
select max(name) as m, count(*) as n from people where id < 0
select dept as d1, dept as d2, count(*) as n from people group by dept
select dept, dept + 1 as e, count(*) as n from people group by dept, dept + 1
select p.dept, d.title, count(*) as n, max(p.salary) as m from people p join depts d on p.dept = d.dept group by p.dept, d.title having max(p.salary) > 100 order by n desc, d.title limit 2
select sum(a) as s from (select age as a from people where dept = 1 union all select dept from depts) u
select count(*) as n from (select id from people limit 4) x
select a.id from people a left join people b on a.id = b.dept left join people c on b.id = c.dept where c.id is null
select d.title, p.name from depts d left join (select dept, name from people where age > 25) p on d.dept = p.dept
select p.id from people p join depts d using (dept) where d.title <> 'Sales'
select dept, p.id, d.title from people p join depts d using (dept)
select dept, p.id, d.title from people p full join depts d using (dept)
select id from people where true
select id from people where false
select id from people where null
select id from people where 1 = 1 and id = 3
select id from people where id = id
select id from people where age = age
select id, (select max(age) from people having count(*) > 100) as m from people
select id, (select max(age) from people where id > 1000) as m from people
select id from people where age = (select max(age) from people having count(*) > 100)
select p.id, d.title from people p, depts d where p.dept = d.dept and p.age + d.dept > 31
select p.id, d.title from people p cross join depts d where p.id < 3 and d.dept > 1
select p.id, q.id as q, r.id as r from people p, people q, people r where p.id = q.id and q.id = r.id and r.age > 20
select p.id, d.title from people p join depts d on p.dept = d.dept and p.name = d.title
select id, name from people where name in (select title from depts) and dept not in (1, 9)
select p.name, count(*) as n from people p join events e on p.id = e.pid where e.kind <> 'late' group by p.name having count(*) > 1
select dept, n from (select dept, count(*) as n, sum(age) as s from people group by dept) x where dept in (1, 2) and n > 1
select distinct dept, city from depts
select distinct p.dept from people p left join depts d on p.dept = d.dept where d.city = 'Ulm' or d.city is null
select u.x, count(*) as n from (select name as x from people union all select title from depts union all select kind from events) u group by u.x
select count(*) as n from (select name from people union select title from depts) u
select max(n) as m from (select dept, count(*) as n from people group by dept) x
select id from people where case when age = 0 then false else 100 / age > 2 end
duckdb> select id from people where case when age = 0 then false else 100 // age > 2 end
select id from people where age <> 0 and 100 / age > 2
duckdb> select id from people where age <> 0 and 100 // age > 2
select id from (select id, age from people where age <> 0) x where 100 / age > 2
duckdb> select id from (select id, age from people where age <> 0) x where 100 // age > 2
select p.id from people p join (select dept from depts where dept > 0) d on p.dept = d.dept where 10 / d.dept > 4
duckdb> select p.id from people p join (select dept from depts where dept > 0) d on p.dept = d.dept where 10 // d.dept > 4
select id, name from people order by name, id limit 2 offset 8
select name, max(id) as m from people group by name order by m desc nulls last limit 3
select count(*) as n, count(name) as c, sum(age) as s, min(born) as b, max(happened) as h from people left join events on people.id = events.pid
