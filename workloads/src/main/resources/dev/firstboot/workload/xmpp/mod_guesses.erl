%% Limits the guessing of passwords, on every way by which a client logs in: 5222, 5223, WebSocket and BOSH.
%%
%% Failed logins are counted for each minute and network (an IPv4 address, an IPv6 /64): those for one account, and those for all.
%% Beyond the limit every login is refused, right or wrong, and in the same words, so that nobody learns whether it was right.
%% An account that has logged in from a network before is not held back by what its neighbours there do wrong.
-module(mod_guesses).
-behaviour(gen_server).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_doc/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).
-export([c2s_auth_result/3]).

%% Failures in a minute: for one account from a network, and for all accounts from it.
-define(OF_ACCOUNT, 10).
-define(OF_NETWORK, 120).
%% How long a network is remembered as one that an account logs in from, in minutes.
-define(KNOWN, 30 * 24 * 60).
-define(MINUTE, 60000).
-define(COUNTS, guesses_counts).
-define(LOGINS, guesses_logins).

start(Host, Opts) ->
    gen_mod:start_child(?MODULE, Host, Opts).

stop(Host) ->
    gen_mod:stop_child(?MODULE, Host).

reload(_Host, _New, _Old) ->
    ok.

depends(_Host, _Opts) ->
    [].

mod_options(_Host) ->
    [].

mod_doc() ->
    #{desc => <<"Limits the guessing of passwords.">>}.

init([Host | _]) ->
    process_flag(trap_exit, true),
    ets:new(?COUNTS, [named_table, public, {write_concurrency, true}]),
    ets:new(?LOGINS, [named_table, public, {read_concurrency, true}]),
    %% Before ejabberd's own, which writes a line for each failure.
    ejabberd_hooks:add(c2s_auth_result, Host, ?MODULE, c2s_auth_result, 50),
    erlang:send_after(?MINUTE, self(), clean),
    {ok, Host}.

handle_call(_Request, _From, Host) ->
    {reply, ok, Host}.

handle_cast(_Message, Host) ->
    {noreply, Host}.

handle_info(clean, Host) ->
    Now = minute(),
    ets:select_delete(?COUNTS, [{{{'$1', '_'}, '_'}, [{'<', '$1', Now}], [true]}]),
    ets:select_delete(?LOGINS, [{{'_', '$1'}, [{'<', '$1', Now - ?KNOWN}], [true]}]),
    erlang:send_after(?MINUTE, self(), clean),
    {noreply, Host};
handle_info(_Info, Host) ->
    {noreply, Host}.

terminate(_Reason, Host) ->
    ejabberd_hooks:delete(c2s_auth_result, Host, ?MODULE, c2s_auth_result, 50).

%% Called with every outcome of a login, before the client is told.
c2s_auth_result(#{ip := {Address, _Port}} = State, Outcome, User) ->
    Network = network(Address),
    Account = {Network, account(User)},
    case admitted(Outcome, Network, Account) of
        true -> State;
        false -> {stop, refuse(State)}
    end;
c2s_auth_result(State, _Outcome, _User) ->
    State.

admitted(true, Network, Account) ->
    Admitted = count(Account) < ?OF_ACCOUNT
        andalso (is_known(Account) orelse count(Network) < ?OF_NETWORK),
    Admitted andalso ets:insert(?LOGINS, {Account, minute()}),
    Admitted;
%% A login that was given up before a password was looked at.
admitted({false, _Reason}, _Network, {_, <<>>}) ->
    true;
admitted({false, _Reason}, Network, Account) ->
    case is_known(Account) orelse count(Network) < ?OF_NETWORK of
        false -> false;
        true ->
            case add(Account) of
                Failures when Failures =< ?OF_ACCOUNT ->
                    tell(add(Network), ?OF_NETWORK, Network),
                    true;
                Failures ->
                    tell(Failures, ?OF_ACCOUNT + 1, Network),
                    false
            end
    end.

is_known(Account) ->
    ets:member(?LOGINS, Account).

count(Key) ->
    case ets:lookup(?COUNTS, {minute(), Key}) of
        [{_, Count}] -> Count;
        [] -> 0
    end.

add(Key) ->
    Minute = {minute(), Key},
    ets:update_counter(?COUNTS, Minute, 1, {Minute, 0}).

minute() ->
    erlang:monotonic_time(millisecond) div ?MINUTE.

%% Once for each time that a limit is reached.
tell(Limit, Limit, Network) ->
    logger:warning("Too many failed logins from ~ts: more are refused for a minute", [text(Network)]);
tell(_Failures, _Limit, _Network) ->
    ok.

text({prefix, A, B, C, D}) ->
    [inet:ntoa({A, B, C, D, 0, 0, 0, 0}), "/64"];
text(Address) ->
    inet:ntoa(Address).

network({0, 0, 0, 0, 0, 16#ffff, High, Low}) ->
    {High bsr 8, High band 255, Low bsr 8, Low band 255};
network({A, B, C, D, _, _, _, _}) ->
    {prefix, A, B, C, D};
network(Address) ->
    Address.

%% Several spellings are one account.
account(User) ->
    case jid:nodeprep(User) of
        error -> <<"?">>;
        Name -> Name
    end.

refuse(#{lang := Lang} = State) ->
    ejabberd_c2s:send(State, xmpp:serr_policy_violation(<<"Too many failed logins: try again in a minute">>, Lang)).
