// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";

import {Campaign, Deadlines} from "./Campaign.sol";
import {Goods} from "./Goods.sol";
import {Harvest} from "./Harvest.sol";
import {Payouts} from "./Payouts.sol";
import {Plot, Tree} from "./Plots.sol";
import {Till} from "./Till.sol";

/// @title Orchard: trees that are cared for, and fruit that is sent for
/// @notice Every fruit is backed by money that lies here. Sending fruit back with a hash of an address burns it and
/// opens a delivery over its backing; after the season, sending it without one lets it lapse. There is no owner.
/// @dev Invariant: the balance is at least the sum of heldWei of all plots.
contract Orchard is Harvest, IERC1155Receiver {
    /// @notice How long after the season the grower may collect what nobody wanted.
    uint256 public constant COLLECT_AFTER = 90 days;

    /// @notice Where deliveries wait for their end.
    Campaign public immutable campaign;

    mapping(uint256 plot => bool) private _collected;

    /// @notice Fruit was burnt for a delivery. One line for each kind.
    event Redeemed(
        uint256 indexed delivery, uint256 indexed tree, uint256 indexed fruit, uint256 quantity, uint256 valueWei
    );
    /// @notice Fruit, or with `fruit` zero what was never picked, was given up; the rest of the value is the grower's.
    event Lapsed(
        uint256 indexed tree, address indexed by, uint256 indexed fruit, uint256 quantity, uint256 valueWei,
        uint256 holderWei
    );
    /// @notice The grower took what was left of a plot, or the bond of trees that nobody played for.
    event Collected(uint256 indexed plot, address indexed grower, uint256 valueWei, bool all);

    /// @notice Only fruit of this orchard may be sent here.
    error NotFruit(address token, uint256 id);
    /// @notice Fruit is sent with 32 bytes, the hash of an address, or after the season with none.
    error WrongData(uint256 length);
    /// @notice The season is not over.
    error SeasonNotOver(uint256 plot, uint256 until, uint256 timestamp);
    /// @notice The grower has collected what was left.
    error AllCollected(uint256 plot);
    /// @notice Only the plot's grower may do this.
    error OnlyGrower(uint256 plot, address caller);

    constructor(Till till_, Goods goods_, Campaign campaign_) Payouts(till_) Harvest(goods_) {
        campaign = campaign_;
    }

    /// @notice How long each party of a delivery has.
    function deliveryDeadlines() public pure returns (Deadlines memory) {
        return Deadlines({accept: 3 days, ship: 7 days, confirm: 14 days, answer: 7 days, split: 14 days});
    }

    /// @notice Fruit of one kind came: see onERC1155BatchReceived.
    function onERC1155Received(address, address from, uint256 id, uint256 quantity, bytes calldata data)
        external
        nonReentrant
        returns (bytes4)
    {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory quantities = new uint256[](1);
        (ids[0], quantities[0]) = (id, quantity);
        _receive(from, ids, quantities, data);
        return this.onERC1155Received.selector;
    }

    /// @notice Fruit of one plot came: with abi.encode(commit) it is sent for, with no data after the season it lapses.
    function onERC1155BatchReceived(
        address,
        address from,
        uint256[] calldata ids,
        uint256[] calldata quantities,
        bytes calldata data
    ) external nonReentrant returns (bytes4) {
        _receive(from, ids, quantities, data);
        return this.onERC1155BatchReceived.selector;
    }

    /// @notice After the season: an adopter gives up what they never picked, as if it had lapsed.
    function takeBack(uint256 tree) external nonReentrant {
        Plot storage plot = _plotOf(tree);
        Tree storage it = _trees[tree];
        if (it.adopter != msg.sender) revert OnlyAdopter(tree, it.adopter, msg.sender);
        _afterSeason(tree >> 16, plot);
        uint256 yield_ = _yield(plot, it);
        uint256 quantity = yield_ - it.picked;
        if (quantity == 0) revert NothingToDo();
        it.picked = uint16(yield_);
        (uint256 value, uint256 share) = _lapse(tree, plot, it, 0, quantity, msg.sender);
        heldWei[tree >> 16] -= value;
        _pay(msg.sender, share, plot.grower, value - share);
    }

    /// @notice Once no tree can be adopted any more: the bond of those that nobody played for goes back to the grower.
    function releaseBond(uint256 plot) external nonReentrant {
        Plot storage it = _plots[plot];
        if (msg.sender != it.grower) revert OnlyGrower(plot, msg.sender);
        if (block.timestamp < it.ripeAt) revert SeasonNotOver(plot, it.ripeAt, block.timestamp);
        if (_collected[plot]) revert AllCollected(plot);
        uint256 value = playTreesLeft[plot] * it.adoptionPriceWei;
        if (value == 0) revert NothingToDo();
        playTreesLeft[plot] = 0;
        heldWei[plot] -= value;
        emit Collected(plot, msg.sender, value, false);
        _pay(msg.sender, value);
    }

    /// @notice Long after the season: the grower takes what is left of a plot.
    function collect(uint256 plot) external nonReentrant {
        Plot storage it = _plots[plot];
        if (msg.sender != it.grower) revert OnlyGrower(plot, msg.sender);
        uint256 until = it.redeemBy + COLLECT_AFTER;
        if (block.timestamp <= until) revert SeasonNotOver(plot, until, block.timestamp);
        uint256 value = heldWei[plot];
        if (value == 0) revert NothingToDo();
        heldWei[plot] = 0;
        _collected[plot] = true;
        emit Collected(plot, msg.sender, value, true);
        _pay(msg.sender, value);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC1155Receiver).interfaceId || interfaceId == type(IERC165).interfaceId;
    }

    function _receive(address from, uint256[] memory ids, uint256[] memory quantities, bytes calldata data) private {
        if (msg.sender != address(goods)) revert NotFruit(msg.sender, 0);
        _checkLines(ids.length);
        uint256 plot = _treeOfFruit[ids[0]] >> 16;
        Plot storage of_ = _plots[plot];
        for (uint256 i; i < ids.length; ++i) {
            uint256 tree = _treeOfFruit[ids[i]];
            if (tree == 0) revert NotFruit(msg.sender, ids[i]);
            if (tree >> 16 != plot) revert WrongLines(ids.length);
        }
        if (data.length == 32) _redeem(from, plot, of_, ids, quantities, bytes32(data));
        else if (data.length == 0) _lapseAll(from, plot, of_, ids, quantities);
        else revert WrongData(data.length);
    }

    /// @dev Of the calls here, burning and opening a delivery call nobody in turn.
    function _redeem(
        address from, uint256 plot, Plot storage of_, uint256[] memory ids, uint256[] memory quantities, bytes32 commit
    ) private {
        _inSeason(_treeOfFruit[ids[0]], of_);
        uint256 value;
        uint256[] memory values = new uint256[](ids.length);
        for (uint256 i; i < ids.length; ++i) {
            Tree storage it = _trees[_treeOfFruit[ids[i]]];
            values[i] = _settle(of_, it, quantities[i]);
            value += values[i];
        }
        heldWei[plot] -= value;
        goods.burnBatch(ids, quantities);
        uint256 delivery = campaign.openDelivery{value: value}(from, of_.grower, commit, deliveryDeadlines());
        for (uint256 i; i < ids.length; ++i) {
            emit Redeemed(delivery, _treeOfFruit[ids[i]], ids[i], quantities[i], values[i]);
        }
    }

    function _lapseAll(
        address from, uint256 plot, Plot storage of_, uint256[] memory ids, uint256[] memory quantities
    ) private {
        _afterSeason(plot, of_);
        uint256 value;
        uint256 share;
        for (uint256 i; i < ids.length; ++i) {
            uint256 tree = _treeOfFruit[ids[i]];
            (uint256 lineWei, uint256 lineShare) = _lapse(tree, of_, _trees[tree], ids[i], quantities[i], from);
            value += lineWei;
            share += lineShare;
        }
        heldWei[plot] -= value;
        goods.burnBatch(ids, quantities);
        _pay(from, share, of_.grower, value - share);
    }

    /// @dev What was had by play has no share: else whoever has many accounts would live on bonds.
    function _lapse(uint256 tree, Plot storage plot, Tree storage it, uint256 fruit, uint256 quantity, address by)
        private
        returns (uint256 value, uint256 share)
    {
        value = _settle(plot, it, quantity);
        share = it.marks & BY_PLAY != 0 ? 0 : value * plot.lapseBps / BPS;
        emit Lapsed(tree, by, fruit, quantity, value, share);
    }

    /// @dev Wei of fruit that is settled now. Of an adopted tree, the last one has the remainder of the division, so
    /// that all together are worth the adoption price exactly.
    function _settle(Plot storage plot, Tree storage it, uint256 quantity) private returns (uint256 value) {
        value = _unitWei(plot, it) * quantity;
        if (it.adopter == address(0)) return value;
        uint256 settled = it.settled + quantity;
        it.settled = uint16(settled);
        uint256 yield_ = _yield(plot, it);
        if (settled == yield_) value += plot.adoptionPriceWei % yield_;
    }

    function _afterSeason(uint256 plot, Plot storage of_) private view {
        if (block.timestamp <= of_.redeemBy) revert SeasonNotOver(plot, of_.redeemBy, block.timestamp);
        if (_collected[plot]) revert AllCollected(plot);
    }
}
