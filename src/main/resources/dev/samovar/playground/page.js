'use strict';

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

let as = sessionStorage.getItem('as') || '';
let place = '';
let thread = '';
let state = null;
let stream = null;
let unread = new Set();
const mine = new Set();

/* Asking the server */

async function get(path, query = {}) {
  const answer = await fetch(path + '?' + new URLSearchParams({as, ...query}));
  if (!answer.ok) throw new Error(path + ' was answered with ' + answer.status);
  return answer;
}

const html = async (path, query) => (await get(path, query)).text();

async function act(what, given = {}) {
  await fetch('/act/' + what, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({as, place, ...given}),
  });
}

/* The sidebar: built of text only */

function entry(list, words, isCurrent, onclick, small) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words;
  if (small) {
    const note = document.createElement('small');
    note.textContent = small;
    button.append(' ', note);
  }
  if (isCurrent) button.setAttribute('aria-current', 'true');
  button.onclick = onclick;
  const item = document.createElement('li');
  item.append(button);
  list.append(item);
  return button;
}

function showSide() {
  const focused = document.activeElement?.closest('#side ul button')?.textContent;
  const lists = {channels: $('#channels'), apps: $('#apps'), members: $('#members')};
  Object.values(lists).forEach((list) => list.replaceChildren());
  for (const channel of state.channels) {
    const list = channel.direct ? lists.apps : lists.channels;
    const words = channel.direct ? 'Samovar' : '# ' + channel.name;
    const button = entry(list, words, place === channel.id, () => go(channel.id));
    if (unread.has(channel.id)) {
      button.className = 'unread';
      button.setAttribute('aria-label', words + ', unread');
    }
  }
  entry(lists.apps, 'Samovar’s home', place === 'home', () => go('home'));
  for (const member of state.members) {
    const button = entry(lists.members, member.name, as === member.id, () => become(member.id), member.role);
    button.dataset.member = member.id;
  }
  if (focused) $$('#side ul button').find((one) => one.textContent === focused)?.focus();
}

function showStage() {
  const scenes = $('#scenes');
  if (!scenes.options.length) {
    for (const scene of state.scenes) scenes.add(new Option(scene.id + ': ' + scene.words, scene.id));
  }
  scenes.value = state.scene;
  const isReady = state.state === 'ready';
  $$('#stage button, #stage select').forEach((one) => { one.disabled = !isReady; });
  $('#repair').disabled = !isReady || state.repaired || state.scene === 'healthy';
  $('#repair').textContent = state.repaired ? 'Recovering' : 'Let it recover';
  const ahead = state.ahead;
  const far = ahead < 1 ? '' : ahead < 60 ? ` · ${ahead} min ahead` : ` · ${Math.round(ahead / 6) / 10} h ahead`;
  $('#clock').textContent = `${state.day} ${state.time}${far}`;
  $('#clock').className = state.state === 'leaping' ? 'leaping' : '';
  $('#shift').textContent = state.shift;
  const steps = $('#steps');
  const isBusy = state.state === 'preparing' || state.state === 'broken';
  steps.hidden = !isBusy;
  steps.className = state.state;
  steps.replaceChildren(...(isBusy ? state.steps : []).map((step) => {
    const item = document.createElement('li');
    item.textContent = step;
    return item;
  }));
  document.body.dataset.state = state.state;
  $('#text').disabled = isBusy || place === 'home';
  const hints = $('#hints');
  hints.hidden = isBusy || place === 'home';
  hints.replaceChildren();
  const scene = state.scenes.find((one) => one.id === state.scene);
  for (const words of [scene ? scene.question : '', '/triage help', '/handoff']) {
    const hint = document.createElement('button');
    hint.type = 'button';
    hint.textContent = words;
    hint.onclick = () => { $('#text').value = words; $('#text').focus(); };
    if (words) hints.append(hint);
  }
}

async function refresh() {
  const day = state?.day;
  state = await (await get('/state')).json();
  if (!as) as = state.members[0].id;
  if (!place) {
    state = await (await get('/state')).json();
    place = state.channels[0].id;
  }
  showSide();
  showStage();
  // What was today is yesterday now.
  if (day && day !== state.day) await go(place, thread);
}

/* Places and threads */

async function go(where, root = '') {
  place = where;
  unread.delete(where);
  showSide();
  const channel = state.channels.find((one) => one.id === place);
  const isHome = place === 'home';
  $('#title').textContent = isHome ? 'Samovar’s home' : channel.direct ? 'Samovar' : '# ' + channel.name;
  $('#purpose').textContent = isHome ? 'What the app shows you' : channel.purpose;
  $('#composer').hidden = isHome;
  $('#text').placeholder = isHome ? '' : 'Message ' + (channel.direct ? 'Samovar' : '#' + channel.name) + ', or /triage …';
  showStage();
  if (isHome) act('home');
  $('#messages').innerHTML = isHome ? await html('/home') : await html('/place', {place});
  bottom($('#messages'));
  await openThread(root);
}

async function openThread(root) {
  thread = root;
  $('#thread').hidden = !root;
  document.body.classList.toggle('threaded', Boolean(root));
  if (root) {
    $('#answers').innerHTML = await html('/thread', {place, ts: root});
    show($('#answers'), $('#answers').lastElementChild);
  } else {
    $('#answers').replaceChildren();
  }
}

function become(member) {
  as = member;
  sessionStorage.setItem('as', as);
  $('#modal').close();
  listen();
}

/* Messages */

const isAtEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
const bottom = (list) => { list.scrollTop = list.scrollHeight; };

/** A long message is read from its beginning. */
function show(list, message) {
  if (!message) return;
  if (message.offsetHeight > list.clientHeight - 20) {
    list.scrollTop += message.getBoundingClientRect().top - list.getBoundingClientRect().top - 8;
  } else {
    bottom(list);
  }
}

function put(list, event) {
  const holder = document.createElement('template');
  holder.innerHTML = event.html;
  const now = holder.content.firstElementChild;
  const old = $$('.message', list).find((one) => one.dataset.ts === event.ts);
  const wasAtEnd = isAtEnd(list);
  if (old) {
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset : null;
    old.replaceWith(now);
    if (focused) {
      ($$('[data-action]', now).find((one) => one.dataset.action === focused.action && one.dataset.block === focused.block) || now)
        .focus({preventScroll: true});
    }
  } else {
    const later = $$('.message', list).find((one) => one.dataset.ts > event.ts);
    if (later) {
      later.before(now);
    } else {
      const days = $$('.day', list);
      if (list.id === 'messages' && (!days.length || days[days.length - 1].textContent !== event.day)) {
        const day = document.createElement('div');
        day.className = 'day';
        day.append(document.createElement('span'));
        day.firstChild.textContent = event.day;
        list.append(day);
      }
      list.append(now);
    }
  }
  if (wasAtEnd && (!old || now === list.lastElementChild) && !event.counts) show(list, now);
}

function said(event) {
  if (event.place !== place) {
    const isNews = event.author !== as && !event.counts;
    if (isNews && !unread.has(event.place)) { unread.add(event.place); showSide(); }
    return;
  }
  if (!event.thread) put($('#messages'), event);
  if (thread && (event.thread === thread || event.ts === thread)) put($('#answers'), event);
  if (event.author === as && !event.thread) mine.add(event.ts);
  // Who asked need not look for the answer.
  if (!thread && event.thread && mine.delete(event.thread)) openThread(event.thread);
}

function gone(event) {
  $$('.message').filter((one) => one.dataset.ts === event.ts).forEach((one) => one.remove());
  if (event.ts === thread) openThread('');
}

/* Modals */

function values(within) {
  return $$('[data-field]', within)
    .filter((one) => (one.type !== 'checkbox' && one.type !== 'radio') || one.checked)
    .map((one) => ({block: one.dataset.block, action: one.dataset.action, value: one.value}))
    .reduce((all, one) => {
      const same = all.find((other) => other.block === one.block && other.action === one.action);
      if (same) same.value += '\n' + one.value; else all.push(one);
      return all;
    }, []);
}

async function showModal() {
  const modal = $('#modal');
  const shown = await html('/modal');
  if (!shown) {
    if (modal.open) modal.close();
    modal.replaceChildren();
    return;
  }
  const before = $('form', modal);
  const kept = before ? {view: before.dataset.view, values: values(before)} : null;
  const focused = modal.contains(document.activeElement) ? document.activeElement.dataset.action : '';
  modal.innerHTML = shown;
  if (kept && kept.view === $('form', modal).dataset.view) {
    for (const one of kept.values) {
      const field = $$('[data-field]', modal).find((other) => other.dataset.block === one.block && other.dataset.action === one.action);
      if (field) field.value = one.value;
    }
  }
  if (!modal.open) modal.showModal();
  const next = $('[role=alert]', modal)
    ? $('[role=alert]', modal).parentElement.querySelector('[data-field]')
    : focused && $$('[data-action]', modal).find((one) => one.dataset.action === focused);
  (next || $('[data-field], select, button', modal))?.focus();
}

function sure(button) {
  return new Promise((resolve) => {
    const dialog = $('#confirm');
    $('#confirm-title').textContent = button.dataset.confirmTitle;
    $('#confirm-text').textContent = button.dataset.confirm;
    $('#confirm-yes').textContent = button.dataset.confirmYes;
    $('#confirm-no').textContent = button.dataset.confirmNo;
    let isYes = false;
    $('#confirm-yes').onclick = () => { isYes = true; dialog.close(); };
    $('#confirm-no').onclick = () => dialog.close();
    dialog.onclose = () => resolve(isYes);
    dialog.showModal();
  });
}

async function press(control, chosen) {
  if (control.dataset.confirm && !(await sure(control))) return;
  if (control.dataset.url) window.open(control.dataset.url, '_blank', 'noopener,noreferrer');
  const given = {block: control.dataset.block, action: control.dataset.action, chosen};
  const view = control.closest('[data-view]');
  if (view) {
    act('press-in-view', {...given, view: view.dataset.view});
  } else {
    act('press', {...given, ts: control.closest('.message').dataset.ts});
  }
}

async function edit(ts) {
  const dialog = $('#editor');
  $('#edited').value = await html('/typed', {place, ts});
  $('form', dialog).onsubmit = (event) => {
    event.preventDefault();
    act('edit', {ts, text: $('#edited').value});
    dialog.close();
  };
  dialog.showModal();
}

function use(tool) {
  const ts = tool.dataset.of;
  switch (tool.dataset.tool) {
    case 'thread': openThread(ts).then(() => $('#reply').focus()); break;
    case 'triage': act('triage', {ts}); mine.add(ts); break;
    case 'edit': edit(ts); break;
    case 'remove': act('remove', {ts}); break;
  }
}

/* Links to messages stay on this page. */
async function follow(url) {
  const found = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})$/.exec(url.pathname);
  if (!found) return;
  const ts = found[2] + '.' + found[3];
  const root = url.searchParams.get('thread_ts') || ts;
  if (!state.channels.some((one) => one.id === found[1])) return;
  await go(found[1]);
  await openThread(root);
  $$('.message').filter((one) => one.dataset.ts === ts).forEach((one) => {
    one.classList.add('found');
    one.scrollIntoView({block: 'nearest'});
  });
}

/* What people do */

function send(field, root) {
  const text = field.value;
  if (!text.trim()) return;
  field.value = '';
  fit(field);
  bottom(root ? $('#answers') : $('#messages'));
  act('say', {text, thread: root});
}

function fit(field) {
  field.style.height = 'auto';
  field.style.height = Math.min(field.scrollHeight, 160) + 'px';
}

for (const [form, field, root] of [['#composer', '#text', () => ''], ['#replier', '#reply', () => thread]]) {
  $(form).onsubmit = (event) => { event.preventDefault(); send($(field), root()); };
  $(field).oninput = () => fit($(field));
  $(field).onkeydown = (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send($(field), root());
    }
  };
}

document.addEventListener('click', (event) => {
  const on = (selector) => event.target.closest(selector);
  const link = on('a[href]');
  if (link && new URL(link.href).origin === location.origin) {
    event.preventDefault();
    follow(new URL(link.href));
    return;
  }
  if (on('[data-press]')) press(on('[data-press]'), on('[data-press]').value);
  else if (on('[data-open-thread]')) openThread(on('[data-open-thread]').dataset.openThread);
  else if (on('[data-tool]')) use(on('[data-tool]'));
  else if (on('#editor [data-close]')) $('#editor').close();
  else if (on('#modal [data-close]')) act('close');
  else if (on('[data-leap]')) act('leap', {leap: on('[data-leap]').dataset.leap});
  $$('details.overflow[open]').filter((one) => !one.contains(event.target) || on('[data-press]')).forEach((one) => { one.open = false; });
});

document.addEventListener('change', (event) => {
  const chosen = event.target.closest('[data-choose]');
  if (chosen && chosen.value) press(chosen, chosen.value);
});

$('#modal').addEventListener('submit', (event) => {
  event.preventDefault();
  act('submit', {view: event.target.dataset.view, fields: values(event.target)});
});
$('#modal').addEventListener('cancel', (event) => { event.preventDefault(); act('close'); });
$('#leave').onclick = () => openThread('');
$('#scenes').onchange = () => act('play', {scene: $('#scenes').value});
$('#again').onclick = () => act('play', {scene: state.scene});
$('#repair').onclick = () => act('repair');

/* What happens */

function listen() {
  stream?.close();
  stream = new EventSource('/stream?' + new URLSearchParams({as}));
  stream.onopen = async () => {
    $('#lost').hidden = true;
    await refresh();
    if (!state.channels.some((one) => one.id === place) && place !== 'home') place = state.channels[0].id;
    await go(place, thread);
    await showModal();
    document.body.dataset.live = as;
  };
  stream.onerror = () => { $('#lost').hidden = false; };
  stream.onmessage = async ({data}) => {
    const event = JSON.parse(data);
    switch (event.kind) {
      case 'message': said(event); break;
      case 'gone': gone(event); break;
      case 'modal': await showModal(); break;
      case 'home': if (place === 'home') $('#messages').innerHTML = await html('/home'); break;
      case 'stage': await refresh(); break;
      case 'emptied': unread = new Set(); mine.clear(); await go(place); break;
    }
  };
}

refresh().then(async () => {
  listen();
  if (location.pathname.startsWith('/archives/')) await follow(new URL(location.href));
});
